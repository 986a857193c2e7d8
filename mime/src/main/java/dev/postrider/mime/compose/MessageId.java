package dev.postrider.mime.compose;

import dev.postrider.mime.address.Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes Message-IDs, and reads those that a message refers to (RFC 5322 section 3.6.4). */
public final class MessageId {
    /** No line could hold a longer one beside its field's name. */
    static final int MAX_LENGTH = HeaderBlock.MAX_WORD;

    private static final int MAX_REFERENCES = 100;

    /** RFC 5322 section 2.2.3; and what others write between two ids: lines, commas. */
    private static final Pattern FOLD = Pattern.compile("\r?\n(?=[ \t<])|,(?=[ \t\r\n]*<)");

    private MessageId() {}

    /**
     * The Message-ID {@code <id@domain>}, in the domain of the sender: mailbox providers distrust
     * others.
     */
    public static String of(UUID id, Address sender) {
        return "<" + id + "@" + sender.domain() + ">";
    }

    /** Whether a text is one Message-ID; other people's don't always have an {@code @}. */
    public static boolean isSound(String id) {
        return id.length() > 2
                && id.length() <= MAX_LENGTH
                && id.startsWith("<")
                && id.endsWith(">")
                && id.chars().skip(1).limit(id.length() - 2).allMatch(MessageId::isInner);
    }

    /**
     * The ids in a text, each with its angle brackets: a header's value, folded or not, or one id
     * without.
     */
    static List<String> split(String text) {
        String unfolded = FOLD.matcher(text).replaceAll("");
        return Arrays.stream(unfolded.replace("><", "> <").strip().split("[ \t]+"))
                .filter(id -> !id.isEmpty())
                .map(id -> id.startsWith("<") ? id : "<" + id + ">")
                .toList();
    }

    /**
     * The thread so far, ending with the message that is answered, which the RFC wants there and
     * mail readers thread by. In a very long thread the first and the last ones remain.
     */
    static List<String> thread(List<String> references, @Nullable String inReplyTo) {
        List<String> thread = new ArrayList<>();
        references.forEach(reference -> thread.addAll(split(reference)));
        if (inReplyTo != null) {
            List<String> answered = split(inReplyTo);
            thread.removeAll(new HashSet<>(answered));
            thread.addAll(answered);
        }
        if (thread.size() > MAX_REFERENCES) {
            thread.subList(1, thread.size() - MAX_REFERENCES + 1).clear();
        }
        return thread;
    }

    /** Whether it may stand between the angle brackets. */
    static boolean isInner(int c) {
        return c > 32 && c < 127 && c != '<' && c != '>';
    }
}
