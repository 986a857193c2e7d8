package dev.postrider.mime;

import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Turns a draft into a message. */
public final class ComposeDraft {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss xx", Locale.US);

    private ComposeDraft() {}

    /** The message, the same bytes for the same draft; or everything that is wrong with it. */
    public static Composition compose(Draft draft) {
        int control = Controls.firstIn(draft.subject());
        if (control >= 0) {
            String reason = "The subject has " + Controls.describe(draft.subject(), control) + ".";
            return new Flawed(List.of(new Flaw("subject", Flaw.Kind.CONTROL_CHARACTER, reason)));
        }
        String text = draft.text() == null ? "" : draft.text();
        String message =
                """
                Date: %s
                From: %s
                To: %s
                Subject: %s
                Message-ID: %s
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                %s
                """
                        .formatted(
                                DATE.format(draft.date()),
                                draft.from().addrSpec(),
                                String.join(
                                        ", ", draft.to().stream().map(Address::addrSpec).toList()),
                                draft.subject(),
                                draft.messageId(),
                                text)
                        .replaceAll("\\R", "\r\n");
        return new Composed(List.of(Source.of(message.getBytes(StandardCharsets.UTF_8))), false);
    }
}
