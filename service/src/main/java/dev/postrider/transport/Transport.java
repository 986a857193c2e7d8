package dev.postrider.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.credential.Credential;
import dev.postrider.http.Fields;
import java.util.Optional;
import java.util.UUID;

/**
 * How one mailbox sends: its settings of some {@link Kind}, without its secret, and what can be
 * done with them. Two are equal when their settings are.
 */
public interface Transport {
    /** Its kind's name. */
    String kind();

    /** Where it sends, in a few words for the log. */
    String place();

    /** The settings as they are kept. */
    ObjectNode stored();

    /** The settings as whoever may see the mailbox sees them; empty when there are none. */
    Optional<Object> shown();

    /** What its users should know about the login. */
    Optional<String> note();

    /** Whether it needs a secret to send. */
    boolean needsCredential();

    /**
     * What its provider lets a mailbox send.
     *
     * @param address the mailbox's
     */
    SendingLimits limits(String address);

    /**
     * Reads changed settings: what is left out stays; what is wrong becomes an error of its field.
     *
     * @param workspace whose mailbox it is
     * @param settings the request's part of the kind's name
     * @param address the mailbox's
     */
    TransportSetup change(UUID workspace, Fields settings, String address)
            throws InterruptedException;

    /**
     * What keeps a message from being sent this way, whatever the server says; asked before it is
     * accepted.
     */
    default Optional<Objection> objection(MailboxKey mailbox, OutgoingMessage message) {
        return Optional.empty();
    }

    /**
     * Whether it may find out later what became of an attempt whose outcome is unknown. Its
     * connections look before they send such an email again.
     */
    default boolean looksForSent() {
        return false;
    }

    /**
     * Connects, logs in, and sends nothing.
     *
     * @param mailbox which it is, or would be
     */
    Verification verify(MailboxKey mailbox, Optional<Credential> credential);

    /**
     * Opens nothing yet: connections are made as they are asked for.
     *
     * @param limits the mailbox's own, which may be other than the provider's
     */
    Connections connections(
            MailboxKey mailbox, Optional<Credential> credential, SendingLimits limits);

    /** Which mailbox connections are for. */
    record MailboxKey(UUID workspaceId, UUID mailboxId) {}
}
