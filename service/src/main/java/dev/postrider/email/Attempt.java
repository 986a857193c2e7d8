package dev.postrider.email;

import java.time.Instant;
import java.util.Optional;

/**
 * One attempt to send an email, when it has ended.
 *
 * @param epoch the lease that it was begun under
 * @param begun whether it was marked begun, so that it may have reached the server
 * @param server host and address, when a connection stood
 * @param tls protocol and cipher, when there was TLS
 */
public record Attempt(
        DueEmail email,
        long epoch,
        boolean begun,
        Instant begunAt,
        Optional<String> server,
        Optional<String> tls,
        Outcome outcome) {
    /** The same, when its email's caller waits no more. */
    public Attempt notAwaited() {
        return new Attempt(email.notAwaited(), epoch, begun, begunAt, server, tls, outcome);
    }
}
