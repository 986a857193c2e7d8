package dev.postrider.transport.api;

import dev.postrider.credential.provider.Tier;
import dev.postrider.transport.Transport.MailboxKey;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Finds what a mailbox's grant is good for. */
@FunctionalInterface
public interface FindApi {
    /** Empty when the mailbox has no grant, or the operator's app is gone. */
    Optional<Api> of(MailboxKey mailbox);

    /**
     * An API and how far it may be used.
     *
     * @param base scheme, host and port, as the operator's settings have it
     * @param uploads the servers to which it may lead for large files, as the operator allows them
     * @param isDelegated whether a user has consented: an app by itself names the mailbox in each
     *     call
     * @param scopes that were granted, short names
     * @param address the mailbox's
     * @param octets of a message that its mailboxes take; empty: as many as usual
     */
    record Api(
            URI base,
            Set<URI> uploads,
            boolean isDelegated,
            Tier tier,
            Set<String> scopes,
            String address,
            Optional<Integer> octets) {
        public Api {
            uploads = Set.copyOf(uploads);
            scopes = Set.copyOf(scopes);
        }

        /** Whose mailbox it is, as paths name it. */
        String user() {
            return isDelegated
                    ? "me"
                    : "users/" + URLEncoder.encode(address, StandardCharsets.UTF_8);
        }
    }
}
