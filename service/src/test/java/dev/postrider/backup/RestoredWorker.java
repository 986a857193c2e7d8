package dev.postrider.backup;

import dev.postrider.email.Node;
import dev.postrider.flow.direct.ServedLanes;
import dev.postrider.flow.lease.LeaseDuration;
import dev.postrider.flow.lease.Worker;
import dev.postrider.mailbox.TestMailboxes;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.Wakeups;
import dev.postrider.rig.FlowRig;
import dev.postrider.rig.Loopback;
import dev.postrider.transport.TestKinds;
import java.time.InstantSource;

/** What sends on a restored database; the rig would empty it first. */
final class RestoredWorker {
    private RestoredWorker() {}

    static Worker on(Database restored) {
        var wakeups = new Wakeups();
        return new Worker(
                restored,
                new Node("restored"),
                new LeaseDuration(FlowRig.PATIENCE),
                TestMailboxes.of(restored, TestKinds.of(restored, Loopback.guard())),
                FlowRig.settle(restored, wakeups, "restored"),
                wakeups,
                new ServedLanes(),
                TestMailboxes.events(restored),
                InstantSource.system());
    }

    /** Waits until a query finds nothing. */
    static void awaitNone(Database restored, String query) {
        var end = System.nanoTime() + FlowRig.PATIENCE.toNanos();
        while (restored.read(handle -> !handle.createQuery(query).mapToMap().list().isEmpty())) {
            if (System.nanoTime() > end) {
                throw new AssertionError("there are still some: " + query);
            }
            Thread.onSpinWait();
        }
    }
}
