package dev.postrider.mailbox;

import java.util.List;

/**
 * How a mailbox is used, apart from how it is reached.
 *
 * @param isDefault whether it sends for its user when no mailbox is named
 * @param aliases what other addresses it may send as, in lower case
 * @param limits where they differ from the provider's
 */
public record Conduct(boolean isDefault, List<String> aliases, Limits limits) {
    static final Conduct USUAL = new Conduct(false, List.of(), Limits.OF_PROVIDER);

    public Conduct {
        aliases = List.copyOf(aliases);
    }
}
