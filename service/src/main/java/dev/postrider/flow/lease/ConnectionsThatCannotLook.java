package dev.postrider.flow.lease;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.transport.Connection;
import dev.postrider.transport.Connections;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Connections of a transport that can't look for what was sent, for a mailbox that was reached by
 * one that can when some of its emails became unknown: what mustn't be sent again ends here.
 */
record ConnectionsThatCannotLook(Connections connections) implements Connections {
    private static final Outcome UNKNOWN =
            new Outcome.Unknown(
                    "What became of an earlier attempt is unknown, and the way by which the mailbox"
                            + " sends now can't look for it.");

    @Override
    public Connecting connect(boolean patient) throws InterruptedException {
        var connecting = connections.connect(patient);
        return connecting instanceof Connecting.Connected(var connection)
                ? new Connecting.Connected(new NoLook(connection))
                : connecting;
    }

    @Override
    public int limit() {
        return connections.limit();
    }

    @Override
    public void close() {
        connections.close();
    }

    private record NoLook(Connection connection) implements Connection {
        @Override
        public void send(
                Lease lease,
                List<DueEmail> begun,
                Instant begunAt,
                BooleanSupplier holds,
                Consumer<Attempt> ended) {
            var some = begun.stream().collect(Collectors.partitioningBy(NoLook::mayBeSent));
            var unknown = some.getOrDefault(false, List.of());
            unknown.forEach(email ->
                    ended.accept(
                            new Attempt(
                                    email,
                                    lease.epoch(),
                                    true,
                                    begunAt,
                                    Optional.empty(),
                                    Optional.empty(),
                                    UNKNOWN)));
            var others = some.getOrDefault(true, List.of());
            if (!others.isEmpty()) {
                connection.send(lease, others, begunAt, holds, ended);
            }
        }

        private static boolean mayBeSent(DueEmail email) {
            return email.unknownSince().isEmpty() || email.mayBeSentAgain();
        }

        @Override
        public boolean isUsable() {
            return connection.isUsable();
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
