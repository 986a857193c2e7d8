package dev.postrider.bench.webhooks;

import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.bench.rig.ProgramRig;
import java.io.IOException;
import java.sql.SQLException;

/**
 * What telling what waits came to.
 *
 * @param peak MB that the program had resident at most until then
 */
record Told(
        String title,
        long calls,
        double seconds,
        double programMicros,
        double databaseMicros,
        double receiverMicros,
        long peak) {
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    static Told of(
            String title, ProgramRig rig, Receiver receiver, Events events, int each, int endpoints)
            throws IOException, InterruptedException, SQLException {
        var calls = (long) each * endpoints;
        var before = receiver.count();
        var program = ProcessCost.micros(rig.pid());
        var database = ProcessCost.microsOfTree(rig.databasePid());
        var received = receiver.micros();
        var _ = events.tell(each);
        var begun = System.nanoTime();
        while (receiver.count() < before + calls) {
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new IOException(
                        "only " + (receiver.count() - before) + " of " + calls + " calls came");
            }
            Thread.sleep(10);
        }
        return new Told(
                title,
                calls,
                (System.nanoTime() - begun) / 1e9,
                ProcessCost.micros(rig.pid()) - program,
                ProcessCost.microsOfTree(rig.databasePid()) - database,
                receiver.micros() - received,
                ProcessCost.peakMegabytes(rig.pid()));
    }

    double perSecond() {
        return calls / seconds;
    }

    double programMicrosEach() {
        return programMicros / calls;
    }

    double databaseMicrosEach() {
        return databaseMicros / calls;
    }

    double receiverMicrosEach() {
        return receiverMicros / calls;
    }
}
