package dev.postrider.smtp.pool;

import dev.postrider.smtp.connect.Connector;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.send.Connection;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.wire.Trouble;

/** Opens a pool's connections, as many as their host allows to all pools. */
final class OpenWithinLimits {
    private final Connector connector;
    private final Server server;
    private final Credentials credentials;
    private final HostLimits hosts;

    OpenWithinLimits(
            Connector connector, Server server, Credentials credentials, HostLimits hosts) {
        this.connector = connector;
        this.server = server;
        this.credentials = credentials;
        this.hosts = hosts;
    }

    sealed interface Attempt {
        record Opened(Connection connection) implements Attempt {}

        /** The host allows no more within the time, or the thread was interrupted. */
        record NoRoom() implements Attempt {}

        /** It says nothing about the server. */
        record Canceled(Opening.Failed failed) implements Attempt {}

        /** The server refuses one more: other pools have as many as it allows. */
        record HostFull() implements Attempt {}

        record Failed(Opening.Failed failed) implements Attempt {}
    }

    /**
     * Tries once. What the resolver or the token's supplier throws passes.
     *
     * @param wait in nanoseconds, for room on the host
     */
    Attempt attempt(long wait) {
        if (!enter(wait)) {
            return new Attempt.NoRoom();
        }
        Opening opening = null;
        try {
            opening = connector.open(server, credentials);
        } finally {
            if (opening == null) {
                hosts.failed(server, false);
            }
        }
        return switch (opening) {
            case Opening.Open(Connection connection) -> {
                hosts.opened(server);
                yield new Attempt.Opened(connection);
            }
            case Opening.Unreachable canceled when canceled.trouble() == Trouble.CANCELED -> {
                hosts.failed(server, false);
                yield new Attempt.Canceled(canceled);
            }
            case Opening.Failed failed ->
                    hosts.failed(server, failed.mayMeanTooMany())
                            ? new Attempt.HostFull()
                            : new Attempt.Failed(failed);
        };
    }

    private boolean enter(long wait) {
        try {
            return hosts.enter(server, wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
