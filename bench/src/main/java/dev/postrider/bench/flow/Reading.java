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

    /** Of a server alone, which has taken so many. */
    static Reading ofServer(MailServer server, long taken) throws IOException {
        return new Reading(System.nanoTime(), taken, taken, 0, 0, server.micros(), 0, 0);
    }

    static Reading of(Rig rig, Generator generator) throws IOException, SQLException {
        return new Reading(
                System.nanoTime(),
                generator.accepted(),
                rig.taken(generator),
                ProcessCost.micros(rig.program().pid()),
                ProcessCost.microsOfTree(rig.program().databasePid()),
                rig.server().micros(),
                ProcessCost.micros(ProcessHandle.current().pid()),
                rig.program().transactions());
    }
}
