package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.email.EmailState;
import dev.postrider.email.GiveUpAfter;
import dev.postrider.flow.store.change.Cancellation;
import dev.postrider.flow.store.change.ChangeEmails;
import dev.postrider.flow.store.change.ChangedBy;
import dev.postrider.flow.store.find.Visibility;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.FlowRig;
import dev.postrider.rig.OnAnOwnDatabaseToo;
import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.SunkMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cancel at each step of an email that goes by SMTP, whose server takes it and hangs up. */
@OnAnOwnDatabaseToo
@ExtendWith(TestDatabase.class)
@Timeout(120)
final class CancelUnknownTest {
    private static final Behaviour TAKES_AND_HANGS_UP =
            new Behaviour() {
                @Override
                public String message(SunkMessage message) {
                    return HANG_UP;
                }
            };

    private final FlowRig rig;
    private final ChangeEmails changes;

    CancelUnknownTest(Database database) {
        this.rig = new FlowRig(database);
        this.changes =
                new ChangeEmails(database, rig.wakeups(), new GiveUpAfter(Duration.ofDays(3)));
    }

    @AfterEach
    void close() throws InterruptedException {
        rig.close();
    }

    @Test
    void whileItIsHandedOverACancelComesTooLate() throws Exception {
        var handedOver = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        try (var sink =
                rig.sink(
                        new Behaviour() {
                            @Override
                            public String message(SunkMessage message) {
                                handedOver.countDown();
                                await(answer);
                                return HANG_UP;
                            }
                        })) {
            var email = rig.lanes().queue(rig.lanes().smtp(sink.port()));
            await(handedOver);

            assertThat(cancel(email)).isEqualTo(new Cancellation.TooLate());

            rig.settledAfter(email, answer::countDown);
            assertThat(rig.lanes().attempts(email)).containsExactly("1 unknown");
        }
    }

    @Test
    void afterAnUnknownAttemptItMayHaveBeenSentAndIsNotSentAgain() throws Exception {
        try (var sink = rig.sink(TAKES_AND_HANGS_UP)) {
            var email = rig.send(rig.lanes().smtp(sink.port()));
            assertThat(rig.lanes().state(email)).isEqualTo("queued");
            assertThat(String.valueOf(rig.lanes().row(email).get("reason")))
                    .startsWith(
                            "The message was handed over and the answer was lost, so it may have"
                                    + " been sent: ");

            assertThat(cancel(email))
                    .isInstanceOfSatisfying(
                            Cancellation.Done.class,
                            done -> assertThat(done.state()).isEqualTo(EmailState.UNKNOWN));

            assertThat(rig.lanes().recipients(email)).containsExactly("unknown");
            assertThat(rig.lanes().attempts(email)).containsExactly("1 unknown");
            rig.awaitArrivals(1);
            assertThat(rig.arrived()).isEmpty();
        }
    }

    /**
     * The resend is due and begins while it is canceled: either it begins, and the cancel is too
     * late, or it is canceled, and no second copy leaves. Never is it called canceled.
     */
    @Test
    void aCancelThatRacesWithTheResendLeavesOneTruth() throws Exception {
        try (var sink = rig.sink(TAKES_AND_HANGS_UP)) {
            var lane = rig.lanes().smtp(sink.port());
            var emails = new ArrayList<EmailKey>();
            for (var i = 0; i < 20; i++) {
                emails.add(rig.send(lane));
            }
            Map<EmailKey, Cancellation> canceled = new HashMap<>();
            try (var due = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var email : emails) {
                    due.execute(() -> {
                        rig.lanes()
                                .run(
                                        "update email set due_at = now() where id = ? and state ="
                                                + " 'queued'",
                                        email.id());
                        rig.wakeups().laneWoken(lane);
                    });
                    canceled.put(email, cancel(email));
                }
            }
            Awaitility.await()
                    .atMost(FlowRig.PATIENCE)
                    .untilAsserted(() -> assertThat(emails).allSatisfy(this::isUnknownForAll));
            for (var email : emails) {
                assertThat(rig.lanes().attempts(email))
                        .isEqualTo(
                                canceled.get(email) instanceof Cancellation.TooLate
                                        ? List.of("1 unknown", "2 unknown")
                                        : List.of("1 unknown"));
            }
        }
    }

    private void isUnknownForAll(EmailKey email) {
        assertThat(rig.lanes().state(email)).isEqualTo("unknown");
        assertThat(rig.lanes().recipients(email)).containsExactly("unknown");
    }

    private Cancellation cancel(EmailKey email) {
        return changes.cancel(
                new Visibility(email.workspaceId(), Optional.empty(), Optional.empty()),
                new ChangedBy(email.id(), Optional.empty()),
                email.id());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
