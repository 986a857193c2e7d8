package dev.postrider.mailbox;

import dev.postrider.credential.Credential;
import java.util.Optional;

/** A mailbox with its secret taken out of the vault. */
public sealed interface LoadedMailbox {
    Mailbox mailbox();

    /** Which secret it had; 0 for none. */
    long credentialVersion();

    /**
     * It can send, if its state lets it.
     *
     * @param credential empty when its transport needs none
     */
    record Ready(Mailbox mailbox, Optional<Credential> credential) implements LoadedMailbox {
        @Override
        public long credentialVersion() {
            return credential.map(Credential::version).orElse(0L);
        }
    }

    /**
     * No key opens its credentials: another master key sealed them.
     *
     * @param reason what happened and what to do, for its user
     */
    record Unreadable(Mailbox mailbox, long credentialVersion, String reason)
            implements LoadedMailbox {}
}
