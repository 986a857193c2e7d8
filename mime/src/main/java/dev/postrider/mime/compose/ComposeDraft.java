package dev.postrider.mime.compose;

import dev.postrider.mime.address.Address;
import dev.postrider.mime.header.HeaderField;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** Turns a draft into a message. */
public final class ComposeDraft {
    private final Draft draft;
    private final Pieces pieces = new Pieces();
    private final HeaderBlock header = new HeaderBlock(pieces.text());

    private ComposeDraft(Draft draft) {
        this.draft = draft;
    }

    /** The message, the same bytes for the same draft; or everything that is wrong with it. */
    public static Composition compose(Draft draft) {
        List<Flaw> flaws = CheckDraft.flawsIn(draft);
        return flaws.isEmpty() ? new ComposeDraft(draft).compose() : new Composition.Flawed(flaws);
    }

    private Composed compose() {
        header.date(draft.date());
        addresses();
        header.text("Subject", draft.subject());
        header.verbatim("Message-ID", draft.messageId());
        thread();
        unsubscribe();
        draft.headers().forEach(header::custom);
        header.verbatim("MIME-Version", "1.0");
        new WriteParts(pieces, draft.messageId()).write(ArrangeParts.of(draft));
        boolean utf8 = needsSmtpUtf8();
        return new Composed(pieces.all(), utf8, utf8);
    }

    private void addresses() {
        header.addresses("From", List.of(draft.from()));
        header.addresses("Reply-To", draft.replyTo());
        header.addresses("To", draft.to());
        header.addresses("Cc", draft.cc());
        if (draft.to().isEmpty() && draft.cc().isEmpty()) {
            header.verbatim("To", "undisclosed-recipients:;");
        }
    }

    private void thread() {
        String inReplyTo = draft.inReplyTo();
        if (inReplyTo != null) {
            header.tokens("In-Reply-To", MessageId.split(inReplyTo));
        }
        header.tokens("References", MessageId.thread(draft.references(), inReplyTo));
    }

    private void unsubscribe() {
        Unsubscribe unsubscribe = draft.unsubscribe();
        if (unsubscribe == null) {
            return;
        }
        List<String> uris =
                unsubscribe.uris().stream()
                        .map(URI::toASCIIString)
                        .map(uri -> "<" + uri + ">")
                        .toList();
        header.tokens(
                "List-Unsubscribe",
                Stream.concat(
                                uris.stream().limit(uris.size() - 1L).map(uri -> uri + ","),
                                Stream.of(uris.getLast()))
                        .toList());
        if (unsubscribe.oneClick()) {
            header.verbatim("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
    }

    private static List<Address> addressesIn(HeaderField header) {
        return FieldForm.of(header) == FieldForm.ADDRESSES
                ? HeaderBlock.addressesIn(header.value())
                : List.of();
    }

    private boolean needsSmtpUtf8() {
        return draft.from().needsSmtpUtf8()
                || Stream.concat(
                                Stream.of(draft.replyTo(), draft.to(), draft.cc()),
                                draft.headers().stream().map(ComposeDraft::addressesIn))
                        .flatMap(List::stream)
                        .anyMatch(Address::needsSmtpUtf8);
    }
}
