package dev.postrider.flow.accept;

import dev.postrider.email.GiveUpAfter;
import dev.postrider.flow.direct.ServedLanes;
import dev.postrider.flow.enqueue.Enqueue;
import dev.postrider.flow.enqueue.EnqueueDirectly;
import dev.postrider.flow.enqueue.IdempotentRequests;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.outbound.OutboundClient;
import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.Wakeups;
import dev.postrider.spool.Uploads;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** The program's intake, without the program. */
public final class TestIntake {
    private TestIntake() {}

    /**
     * @param folder for what it fetches
     */
    public static Intake of(Database database, Wakeups wakeups, Mailboxes mailboxes, Path folder) {
        var enqueue = new Enqueue(database, wakeups);
        return new Intake(
                mailboxes,
                new FetchAttachments(
                        new FetchUrl(
                                new OutboundClient(new OutboundGuard(AllowedBlocks.NONE)),
                                Uploads.in(folder, 1, 1).take())),
                enqueue,
                new EnqueueDirectly(enqueue, new ServedLanes()),
                new IdempotentRequests(database),
                new FirstAttempts(database, wakeups),
                InstantSource.system(),
                new GiveUpAfter(Duration.ofDays(3)));
    }
}
