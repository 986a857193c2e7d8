package dev.postrider.bench.console;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does pieces of work on two connections, so that both processors have something to do. */
record TwoAtOnce(FillEmails.Connector connector, String session) {

    /** One piece. */
    @FunctionalInterface
    interface Work<T> {
        void run(Connection connection, T piece) throws SQLException;
    }

    <T> void run(List<T> pieces, Work<T> work) throws SQLException, InterruptedException {
        var left = new ConcurrentLinkedQueue<>(pieces);
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> running = new ArrayList<>();
            for (var i = 0; i < 2; i++) {
                running.add(
                        threads.submit(() -> {
                            work(left, work);
                            return true;
                        }));
            }
            for (var each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new SQLException(e.getCause());
        }
    }

    private <T> void work(ConcurrentLinkedQueue<T> left, Work<T> work) throws SQLException {
        try (var connection = connector.connect()) {
            try (var statement = connection.createStatement()) {
                statement.execute(session);
            }
            for (var piece = left.poll(); piece != null; piece = left.poll()) {
                work.run(connection, piece);
            }
        }
    }
}
