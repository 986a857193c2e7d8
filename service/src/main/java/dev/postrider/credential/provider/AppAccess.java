package dev.postrider.credential.provider;

import java.util.Locale;
import java.util.Set;

/** By whose leave an app reaches a mailbox. */
public sealed interface AppAccess {
    /** Each mailbox's user consents on the provider's page. */
    record Delegated() implements AppAccess {}

    /**
     * The administrator of a whole organisation has consented, for the app itself: by domain-wide
     * delegation (Google) or application permissions (Microsoft). No user is asked, so the operator
     * says for which mailboxes it may be used.
     *
     * @param tier what the administrator has allowed
     * @param domains all of whose addresses it may be used for, in lower case
     * @param addresses others, in lower case
     */
    record Application(Tier tier, Set<String> domains, Set<String> addresses) implements AppAccess {
        public Application {
            domains = Set.copyOf(domains);
            addresses = Set.copyOf(addresses);
        }

        public boolean covers(String address) {
            var lower = address.toLowerCase(Locale.ROOT);
            return addresses.contains(lower)
                    || domains.contains(lower.substring(lower.lastIndexOf('@') + 1));
        }
    }
}
