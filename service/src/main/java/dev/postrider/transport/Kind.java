package dev.postrider.transport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Fields;
import java.util.UUID;

/** A kind of transport: it reads what its mailboxes are told and what was stored of them. */
public interface Kind {
    /** As requests and the database call it; its settings stand under this name. */
    String name();

    /** Whether what it sends leaves: a mailbox that only pretends is nobody's first choice. */
    boolean delivers();

    /**
     * Whether its mailboxes are connected by their users' consent, and by nothing that a request
     * says.
     */
    default boolean needsConsent() {
        return false;
    }

    /**
     * Reads the settings of a mailbox that is connected now; what is wrong becomes an error of its
     * field.
     *
     * @param workspace whose mailbox it is to be
     * @param settings the request's part of this kind's name
     * @param address the mailbox's; empty beside an error of it
     */
    TransportSetup connect(UUID workspace, Fields settings, String address)
            throws InterruptedException;

    /** Settings as {@link Transport#stored} gave them. */
    Transport restore(JsonNode stored);
}
