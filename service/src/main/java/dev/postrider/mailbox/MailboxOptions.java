package dev.postrider.mailbox;

import dev.postrider.transport.LimitOverrides;
import java.util.List;

/**
 * How a mailbox is used, apart from how it is reached.
 *
 * @param isDefault whether it sends for its user when no mailbox is named
 * @param aliases what other addresses it may send as, in lower case
 * @param limits where they differ from the provider's
 */
public record MailboxOptions(boolean isDefault, List<String> aliases, LimitOverrides limits) {
    public static final MailboxOptions USUAL =
            new MailboxOptions(false, List.of(), LimitOverrides.OF_PROVIDER);

    public MailboxOptions {
        aliases = List.copyOf(aliases);
    }
}
