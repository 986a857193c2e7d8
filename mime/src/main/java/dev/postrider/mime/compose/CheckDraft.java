package dev.postrider.mime.compose;

import dev.postrider.mime.header.ForbiddenHeaders;
import dev.postrider.mime.header.HeaderField;
import dev.postrider.mime.text.Ascii;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Finds everything that is wrong with a draft. After it, no field can end a header line or begin
 * another one: addresses are checked when they are made, all other single-line fields here.
 */
final class CheckDraft {
    private final Draft draft;
    private final Flaws flaws = new Flaws();

    private CheckDraft(Draft draft) {
        this.draft = draft;
    }

    static List<Flaw> flawsIn(Draft draft) {
        CheckDraft check = new CheckDraft(draft);
        check.header();
        check.texts();
        CheckAttachments.check(draft.attachments(), check.flaws);
        check.invitation();
        return check.flaws.found();
    }

    private void header() {
        flaws.addIf(
                draft.from().isNamedAsAnother(),
                "from",
                Flaw.Kind.MALFORMED,
                "The name holds an @ or angle brackets, as if it were the address.");
        flaws.line("subject", draft.subject(), Draft.MAX_SUBJECT_LENGTH);
        int year = draft.date().getYear();
        flaws.addIf(
                year < 1900 || year > 9999,
                "date",
                Flaw.Kind.MALFORMED,
                "The year isn't between 1900 and 9999.");
        messageIds();
        unsubscribe();
        draft.headers().forEach(this::custom);
    }

    private void texts() {
        if (draft.text() != null) {
            flaws.text("text", draft.text());
        }
        if (draft.html() != null) {
            flaws.text("html", draft.html());
        }
    }

    private void messageIds() {
        flaws.addIf(
                !MessageId.isSound(draft.messageId()) || draft.messageId().indexOf('@') < 0,
                "message_id",
                Flaw.Kind.MALFORMED,
                "A Message-ID is written <unique@domain>, in ASCII without spaces.");
        if (draft.inReplyTo() != null) {
            references("in_reply_to", draft.inReplyTo());
        }
        for (int i = 0; i < draft.references().size(); i++) {
            references("references[" + i + "]", draft.references().get(i));
        }
    }

    private void references(String field, String value) {
        List<String> ids = MessageId.split(value);
        flaws.addIf(
                ids.isEmpty() || !ids.stream().allMatch(MessageId::isSound),
                field,
                Flaw.Kind.MALFORMED,
                "This isn't a Message-ID such as <unique@domain>, in ASCII without spaces.");
    }

    private void custom(HeaderField header) {
        String name = header.name();
        if (!Ascii.isFieldName(name) || name.length() > Draft.MAX_HEADER_NAME_LENGTH) {
            flaws.add(
                    "headers",
                    Flaw.Kind.MALFORMED,
                    "A header's name has 1 to %d visible ASCII characters and no colon."
                            .formatted(Draft.MAX_HEADER_NAME_LENGTH));
            return;
        }
        String field = "headers[" + name + "]";
        String reason = ForbiddenHeaders.reasonAgainst(name);
        flaws.addIf(
                reason != null,
                field,
                Flaw.Kind.FORBIDDEN,
                "The header " + name + " " + reason + ".");
        flaws.addIf(
                draft.unsubscribe() != null && isUnsubscribe(name),
                field,
                Flaw.Kind.CONFLICT,
                "The header " + name + " is set by the unsubscribe field already.");
        flaws.line(field, header.value(), Draft.MAX_HEADER_VALUE_LENGTH);
        flaws.addIf(
                !fitsItsForm(header),
                field,
                Flaw.Kind.MALFORMED,
                "Only names may go beyond ASCII in this header: write Name <address>, or <URL>.");
        flaws.addIf(
                longestWord(header) > HeaderBlock.MAX_WORD,
                field,
                Flaw.Kind.TOO_LONG,
                "There are more than %d characters without a space to break the line at."
                        .formatted(HeaderBlock.MAX_WORD));
    }

    /** Whether what goes beyond ASCII is where it can be encoded. */
    private static boolean fitsItsForm(HeaderField header) {
        String value = header.value();
        return Ascii.isPrintable(value)
                || switch (FieldForm.of(header)) {
                    case ADDRESSES -> !HeaderBlock.addressesIn(value).isEmpty();
                    case URIS -> UriList.words(value).stream().allMatch(Ascii::isPrintable);
                    case LIST_ID ->
                            Ascii.isPrintable(value.substring(Math.max(0, value.lastIndexOf('<'))));
                    case TEXT -> true;
                };
    }

    private static int longestWord(HeaderField header) {
        if (FieldForm.of(header) == FieldForm.URIS) {
            return UriList.words(header.value()).stream().mapToInt(String::length).max().orElse(0);
        }
        return Ascii.isPrintable(header.value()) ? HeaderBlock.longestWord(header.value()) : 0;
    }

    private static boolean isUnsubscribe(String name) {
        return name.equalsIgnoreCase("List-Unsubscribe")
                || name.equalsIgnoreCase("List-Unsubscribe-Post");
    }

    private void unsubscribe() {
        Unsubscribe unsubscribe = draft.unsubscribe();
        if (unsubscribe == null) {
            return;
        }
        String field = "unsubscribe";
        List<String> schemes = unsubscribe.uris().stream().map(CheckDraft::schemeOf).toList();
        flaws.addIf(
                schemes.isEmpty(), field, Flaw.Kind.MISSING, "There is no URI to unsubscribe at.");
        flaws.addIf(
                !schemes.stream().allMatch(scheme -> List.of("https", "mailto").contains(scheme)),
                field,
                Flaw.Kind.MALFORMED,
                "The URIs to unsubscribe at begin with https: or mailto:.");
        flaws.addIf(
                unsubscribe.oneClick() && !schemes.contains("https"),
                field,
                Flaw.Kind.MISSING,
                "One-click unsubscribing needs an https: URI (RFC 8058).");
        for (URI uri : unsubscribe.uris()) {
            flaws.length(field, uri.toASCIIString().length(), Draft.MAX_URI_LENGTH, "characters");
        }
    }

    private static String schemeOf(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private void invitation() {
        Invitation invitation = draft.invitation();
        if (invitation != null) {
            flaws.text("invitation", invitation.ics());
            String reason = invitation.flaw();
            flaws.addIf(reason != null, "invitation", Flaw.Kind.MALFORMED, String.valueOf(reason));
        }
    }
}
