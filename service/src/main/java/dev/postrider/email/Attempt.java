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
    /** One that came to its end before the email was marked begun. */
    public static Attempt unbegun(DueEmail email, long epoch, Instant at, Outcome outcome) {
        return new Attempt(email, epoch, false, at, Optional.empty(), Optional.empty(), outcome);
    }

    /** Whether it was begun for nothing: a limit needn't count it. */
    public boolean isUnsent() {
        return begun
                && switch (outcome) {
                    case Outcome.Accepted _, Outcome.Unknown _ -> false;
                    case Outcome.Deferred _,
                            Outcome.Refused _,
                            Outcome.Throttled _,
                            Outcome.LoginRefused _,
                            Outcome.Unreachable _,
                            Outcome.Broken _,
                            Outcome.Unsendable _,
                            Outcome.StillUnknown _,
                            Outcome.NotSent _ ->
                            true;
                };
    }

    /** The same, when its email's caller waits no more. */
    public Attempt notAwaited() {
        return new Attempt(email.notAwaited(), epoch, begun, begunAt, server, tls, outcome);
    }
}
