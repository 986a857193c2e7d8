package dev.postrider.flow.compose;

import dev.postrider.mime.compose.Invitation;
import dev.postrider.mime.compose.Unsubscribe;
import dev.postrider.mime.header.DecodeWords;
import dev.postrider.mime.header.HeaderField;
import java.util.List;
import java.util.Optional;

/**
 * What an email says.
 *
 * @param text empty derives it from the HTML, the empty text switches that off
 */
public record Body(
        String subject,
        Optional<String> text,
        Optional<String> html,
        List<HeaderField> headers,
        Optional<Invitation> invitation,
        Optional<Unsubscribe> unsubscribe) {
    public Body {
        headers = List.copyOf(headers);
    }

    /** A plain text. */
    public static Body plain(String subject, String text) {
        return new Body(
                subject,
                Optional.of(text),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same with encoded words in its subject (RFC 2047) decoded. */
    public Body decoded() {
        return new Body(DecodeWords.soundIn(subject), text, html, headers, invitation, unsubscribe);
    }

    /** The same with other header fields. */
    public Body with(List<HeaderField> others) {
        return new Body(subject, text, html, others, invitation, unsubscribe);
    }
}
