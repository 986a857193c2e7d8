package dev.postrider.transport;

import java.util.Optional;

/**
 * What a request makes of a mailbox's transport, checked and completed.
 *
 * @param secret a new one, to be sealed; empty when there is none, or the old one stays
 */
public record TransportSetup(Transport transport, Optional<String> secret) {
    @Override
    public String toString() {
        return "Setup[" + transport.kind() + "]";
    }
}
