package dev.postrider.lab.provider;

import java.util.List;
import java.util.stream.Stream;

/**
 * An account at a provider, whose mailbox is connected.
 *
 * @param tier what its user grants
 */
public record Account(Provider provider, String address, String tier) {
    private static final String SEND = "send";
    private static final String SETTLE = "settle";
    private static final String READ = "read";

    /** Of each provider one that may only send, and two whose sent mail may be looked into. */
    public static final List<Account> ALL =
            List.of(
                    new Account(Provider.GOOGLE, "g0@example.com", SEND),
                    new Account(Provider.GOOGLE, "g1@example.com", SETTLE),
                    new Account(Provider.GOOGLE, "g2@example.com", SETTLE),
                    new Account(Provider.MICROSOFT, "m0@example.com", SEND),
                    new Account(Provider.MICROSOFT, "m1@example.com", SETTLE),
                    new Account(Provider.MICROSOFT, "m2@example.com", SETTLE));

    /** One that may make drafts, for what is too large for one request. */
    public static final Account LARGE = new Account(Provider.MICROSOFT, "m3@example.com", READ);

    /** All that there are. */
    public static final List<Account> EVERY =
            Stream.concat(ALL.stream(), Stream.of(LARGE)).toList();

    /** Who runs it. */
    public enum Provider {
        GOOGLE("google", "gmail"),
        MICROSOFT("microsoft", "microsoft");

        private final String text;
        private final String route;

        Provider(String text, String route) {
            this.text = text;
            this.route = route;
        }

        /** As links and apps name it. */
        public String text() {
            return text;
        }

        /** As mailboxes and routes name it. */
        public String route() {
            return route;
        }
    }

    public boolean mayBeLookedInto() {
        return !tier.equals(SEND);
    }
}
