package dev.postrider.bench.flow;

import dev.postrider.bench.rig.ProcessCost;
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

    static Reading of(Rig rig, Generator generator) throws IOException, SQLException {
        return new Reading(
                System.nanoTime(),
                generator.accepted(),
                rig.ledger().taken(),
                ProcessCost.micros(rig.program().pid()),
                ProcessCost.microsOfTree(rig.program().databasePid()),
                ProcessCost.micros(rig.sink().pid()),
                ProcessCost.micros(ProcessHandle.current().pid()),
                rig.program().transactions());
    }
}
