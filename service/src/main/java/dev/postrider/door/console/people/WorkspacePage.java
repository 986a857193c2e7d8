package dev.postrider.door.console.people;

import dev.postrider.door.console.Filled;
import java.util.List;

/**
 * The page.
 *
 * @param mailboxes that may write to owners of mailboxes
 */
public record WorkspacePage(String formToken, String id, Filled filled, List<String> mailboxes) {
    public WorkspacePage {
        mailboxes = List.copyOf(mailboxes);
    }
}
