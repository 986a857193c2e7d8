package dev.postrider.notice;

import dev.postrider.mailbox.ReadMailbox;
import dev.postrider.mailbox.notify.OwnerNotices;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what an owner is told, in plain words. */
final class WriteNotice {
    private final NoticeTexts texts;
    private final Map<String, String> values = new HashMap<>();

    private WriteNotice(NoticeTexts texts) {
        this.texts = texts;
    }

    record Letter(String subject, String text) {}

    /**
     * A link and how long it is good.
     *
     * @param url empty where none can be made
     */
    record Link(Optional<URI> url, Instant until) {}

    static Letter write(
            OwnerNotices.Notice notice,
            Correspondence correspondence,
            ReadMailbox.Seen seen,
            Link link) {
        var writing = new WriteNotice(NoticeTexts.in(correspondence.language()));
        writing.values.put("workspace", correspondence.workspace());
        writing.values.put("address", seen.mailbox().address());
        writing.values.put("waiting", Long.toString(seen.health().waiting()));
        writing.values.put("ends", notice.endsAt().map(writing.texts::day).orElse(""));
        writing.values.put("until", writing.texts.day(link.until()));
        return writing.letter(notice.kind(), seen, link);
    }

    private Letter letter(OwnerNotices.Kind kind, ReadMailbox.Seen seen, Link link) {
        var paragraphs = new ArrayList<String>();
        paragraphs.add(fill("greeting"));
        paragraphs.add(fill(kind.text() + ".what"));
        if (kind == OwnerNotices.Kind.HELD) {
            paragraphs.addAll(reason(seen));
            paragraphs.add(fill(waiting(seen.health().waiting())));
        }
        paragraphs.add(fill(link.url().isPresent() ? "link" : "nolink"));
        link.url().ifPresent(url -> paragraphs.add(url.toString()));
        paragraphs.add(fill("unknown"));
        return new Letter(fill(kind.text() + ".subject"), String.join("\n\n", paragraphs) + "\n");
    }

    private static String waiting(long emails) {
        return emails == 0 ? "held.none" : emails == 1 ? "held.one" : "held.many";
    }

    /** In the owner's language where there are words for it, and as the server had it. */
    private List<String> reason(ReadMailbox.Seen seen) {
        var state = seen.mailbox().state();
        var paragraphs = new ArrayList<String>();
        state.code().flatMap(code -> texts.find("reason." + code)).ifPresent(paragraphs::add);
        state.why().ifPresent(paragraphs::add);
        return paragraphs.stream().map(text -> "    " + text).toList();
    }

    private String fill(String key) {
        return texts.fill(key, values);
    }
}
