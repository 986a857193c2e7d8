package dev.postrider.door.console.mailboxes;

import dev.postrider.door.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param email which email it was, while that is kept
 * @param text empty when it has none
 */
public record KeptMessagePage(
        String mailbox,
        String mailboxAddress,
        String id,
        @Nullable String email,
        String subject,
        String from,
        String to,
        Moment at,
        String size,
        String text,
        boolean hasHtml,
        List<MailboxPage.Fact> headers,
        List<MailboxPage.Fact> files) {
    public KeptMessagePage {
        headers = List.copyOf(headers);
        files = List.copyOf(files);
    }
}
