package dev.postrider.mime.compose;

import dev.postrider.mime.address.Address;
import java.util.UUID;

/** Makes Message-IDs (RFC 5322 section 3.6.4). */
public final class MessageId {
    private MessageId() {}

    /**
     * The Message-ID {@code <id@domain>}, in the domain of the sender: mailbox providers distrust
     * others.
     */
    public static String of(UUID id, Address sender) {
        return "<" + id + "@" + sender.domain() + ">";
    }
}
