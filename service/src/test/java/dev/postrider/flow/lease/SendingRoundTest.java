package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.event.MailboxEvents;
import dev.postrider.flow.direct.ServedLanes;
import dev.postrider.flow.store.QueuedEmails;
import dev.postrider.flow.store.change.CancelQueuedMail;
import dev.postrider.flow.store.lane.LaneLeases;
import dev.postrider.mailbox.MailboxQuota;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.rig.FlowRig;
import dev.postrider.rig.Lanes;
import dev.postrider.transport.Connections;
import dev.postrider.transport.TestKinds;
import dev.postrider.vault.TestVault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class SendingRoundTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Database database;
    private final Wakeups wakeups = new Wakeups();

    SendingRoundTest(Database database) {
        this.database = database;
    }

    @Test
    void anErrorInASendingThreadEndsTheRoundAndSaysWhatItWas() throws Exception {
        var bug = new StackOverflowError();
        try (var lanes = new Lanes(database, wakeups);
                var take = new TakeBatch(database);
                var settle = FlowRig.settle(database, wakeups, "test")) {
            var lane = lanes.sandbox();
            lanes.queue(lane);
            var leases = new HeldLeases(new LaneLeases(database, "test", LEASE), LEASE);
            var lease = leases.claim(1, Duration.ZERO).getFirst();
            var mailboxes =
                    new Mailboxes(
                            database,
                            TestVault.of(database),
                            TestKinds.of(database),
                            MailboxQuota.STANDARD,
                            new CancelQueuedMail(),
                            MailboxEvents.NONE);
            var loaded = mailboxes.load(lane.workspaceId(), lane.mailboxId()).orElseThrow();
            var clock = InstantSource.system();
            var tools =
                    new SendingRound.Tools(
                            new ServedLanes(),
                            leases,
                            take,
                            new QueuedEmails(database),
                            settle,
                            mailboxes,
                            clock);
            try (var woken = wakeups.serve(lane)) {
                var allowance = new MailboxRateLimit(loaded.mailbox().limits(), List.of());
                var ending =
                        new SendingRound(
                                        lease,
                                        loaded,
                                        failing(bug),
                                        allowance,
                                        woken,
                                        tools,
                                        () -> false)
                                .run();

                assertThat(ending)
                        .isInstanceOfSatisfying(
                                RoundEnd.Failed.class,
                                failed -> assertThat(failed.cause()).hasCause(bug));
            }
        }
    }

    private static Connections failing(Error bug) {
        return new Connections() {
            @Override
            public Connecting connect(boolean patient) {
                throw bug;
            }

            @Override
            public int limit() {
                return 1;
            }

            @Override
            public void close() {}
        };
    }
}
