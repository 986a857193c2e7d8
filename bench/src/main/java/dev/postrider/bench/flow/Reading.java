package dev.postrider.bench.flow;

import java.io.IOException;
import java.sql.SQLException;

/** All counters at one moment; processor time in microseconds. */
record Reading(
        long at,
        long accepted,
        long taken,
        double program,
        double database,
        double sink,
        double generator,
        long transactions) {

    private static final String TRANSACTIONS =
            """
            select xact_commit + xact_rollback
            from pg_stat_database
            where datname = current_database()
            """;

    static Reading of(Rig rig, Generator generator) throws IOException, SQLException {
        return new Reading(
                System.nanoTime(),
                generator.accepted(),
                rig.ledger().taken(),
                ProcessCost.micros(rig.program().pid()),
                ProcessCost.microsOfTree(rig.database().pid()),
                ProcessCost.micros(rig.sink().pid()),
                ProcessCost.micros(ProcessHandle.current().pid()),
                transactions(rig));
    }

    private static long transactions(Rig rig) throws SQLException {
        try (var statement = rig.connection().createStatement();
                var rows = statement.executeQuery(TRANSACTIONS)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
