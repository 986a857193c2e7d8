package dev.postrider.bench.apis;

import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.bench.rig.ProgramRig;
import java.io.IOException;
import java.sql.SQLException;

/** All counters at one moment; processor time in microseconds. */
record Reading(
        long at,
        long taken,
        long connections,
        double program,
        double database,
        double servers,
        long transactions) {

    static Reading of(ProgramRig program, Servers servers) throws IOException, SQLException {
        return new Reading(
                System.nanoTime(),
                servers.counters().taken(),
                servers.counters().connections(),
                ProcessCost.micros(program.pid()),
                ProcessCost.microsOfTree(program.databasePid()),
                servers.micros(),
                program.transactions());
    }

    /** Of a loop without us, which is a process. */
    static Reading of(long pid, Servers servers) throws IOException {
        return new Reading(
                System.nanoTime(),
                servers.counters().taken(),
                servers.counters().connections(),
                ProcessCost.micros(pid),
                0,
                servers.micros(),
                0);
    }
}
