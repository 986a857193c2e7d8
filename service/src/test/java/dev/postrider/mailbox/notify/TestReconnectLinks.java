package dev.postrider.mailbox.notify;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Links that lead nowhere, each to another place. */
public final class TestReconnectLinks {
    private static final AtomicInteger MADE = new AtomicInteger();

    public static final ReconnectLinks NUMBERED =
            (_, _, _) ->
                    Optional.of(
                            URI.create(
                                    "https://mail.example.org/connect/" + MADE.incrementAndGet()));

    private TestReconnectLinks() {}
}
