package dev.postrider.transport.gmail;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.email.EmailState;
import dev.postrider.email.GiveUpAfter;
import dev.postrider.flow.store.change.Cancellation;
import dev.postrider.flow.store.change.ChangeEmails;
import dev.postrider.flow.store.change.ChangeEmails.Changed;
import dev.postrider.flow.store.change.ChangedBy;
import dev.postrider.flow.store.find.Visibility;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.FlowRig;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.Gate;
import dev.postrider.transport.api.PlayedRig;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of an email whose answer was lost: looked for, canceled, retried, taken over. */
@ExtendWith(TestDatabase.class)
@Timeout(120)
final class GmailLookTest {
    private static final Set<String> SEND = Set.of("gmail.send");
    private static final Set<String> SETTLE = Set.of("gmail.send", "gmail.metadata");

    @SuppressWarnings("NullAway.Init") // for each test
    private static FakeGoogle google;

    private final Database database;
    private PlayedRig rig;
    private ChangeEmails changes;

    GmailLookTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void open() throws Exception {
        google = FakeGoogle.start();
        rig = new PlayedRig(database, new PlayedGmail(google), SETTLE);
        changes =
                new ChangeEmails(database, rig.flow.wakeups(), new GiveUpAfter(Duration.ofDays(3)));
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        google.close();
    }

    @Test
    void aLookThatCameToItsBoundLeavesItUnknownAndNothingIsSent() throws Exception {
        var email = rig.lost();
        rig.sendOthers(251);

        rig.lookSettled(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("unknown");
        assertThat(rig.reason(email)).contains("more than 250 messages since");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    @Test
    void aPageInsteadOfAListSaysNothing() throws Exception {
        var email = rig.lost();
        google.faults().next(GoogleEndpoint.LIST, Fault.html(200));

        rig.lookInVain(email, "isn't one of its API");
        rig.lookSettled(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    /** The answer breaks off: so far nothing was found, and that says nothing. */
    @Test
    void aLookWhoseAnswerIsLostIsMadeAgain() throws Exception {
        var email = rig.lost();
        google.faults().next(GoogleEndpoint.LIST, Fault.resetAfterBody());

        rig.lookInVain(email, "couldn't be asked");
        rig.look(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    /** The node loses its lease while it waits for an answer that says that it was sent. */
    @Test
    void whoTakesOverFindsWhatWasSent() throws Exception {
        var gate = new Gate();
        google.faults().next(GoogleEndpoint.SEND, new Fault.AcceptThenHold(gate));
        var email = rig.flow.lanes().queue(rig.lane);
        rig.flow.wakeups().laneWoken(rig.lane);
        gate.awaitArrival();
        rig.flow.lanes().endLease(rig.lane);
        try (var second = rig.flow.start("second")) {
            rig.flow.settledAfter(email, () -> rig.flow.wakeups().laneWoken(rig.lane));
            assertThat(rig.flow.lanes().attempts(email)).containsExactly("1 unknown");
            gate.open();
            rig.look(email);
        }
        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.flow.lanes().attempts(email)).containsExactly("1 unknown", "2 accepted");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    /** It was sent long before anybody came to settle it: the look goes back that far. */
    @Test
    void whatWasBegunLongBeforeTheTakeOverIsFoundToo() throws Exception {
        google.clock().advance(Duration.ofHours(-1));
        var email = rig.lost();
        google.clock().advance(Duration.ofHours(1));
        rig.allow(SETTLE);
        var lanes = rig.flow.lanes();
        rig.flow.settledAfter(
                email,
                () -> {
                    lanes.run("delete from attempt where email_id = ?", email.id());
                    lanes.run(
                            """
                            update email
                            set state = 'sending', epoch = 0, attempts = 1, unknown_since = null,
                                begun_at = now() - interval '1 hour'
                            where id = ?
                            """,
                            email.id());
                    lanes.makeDue(email);
                    rig.flow.replaceWorker("second");
                });
        assertThat(lanes.state(email)).isEqualTo("queued");
        var since = (Timestamp) requireNonNull(lanes.row(email).get("unknown_since"));
        assertThat(since.toInstant()).isBefore(Instant.now().minusSeconds(3_500));
        rig.look(email);

        assertThat(lanes.state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    @Test
    void aCancelWaitsForTheLookWhichFindsThatItWasSent() throws Exception {
        var email = rig.lost();

        assertThat(cancel(email))
                .isInstanceOfSatisfying(
                        Cancellation.Done.class,
                        done -> assertThat(done.state()).isEqualTo(EmailState.QUEUED));
        rig.look(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.reason(email)).startsWith("Canceled, but it had been sent.");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    @Test
    void aCancelWaitsForTheLookAndNothingIsSentWhenItIsNotThere() throws Exception {
        google.faults().next(GoogleEndpoint.SEND, Fault.resetAfterBody());
        var email = rig.flow.send(rig.lane);

        assertThat(cancel(email)).isInstanceOf(Cancellation.Done.class);
        rig.lookInVain(email, "Canceled, but it may have been sent: ");
        rig.lookSettled(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("unknown");
        assertThat(rig.reason(email)).startsWith("Canceled, but it may have been sent.");
        assertThat(rig.flow.lanes().recipients(email)).containsExactly("unknown");
        assertThat(rig.accepted(email)).isZero();
    }

    /** The grant's tier was lowered: nobody can look any more. */
    @Test
    void aCancelThatNobodyCanLookForEndsAsUnknown() throws Exception {
        var email = rig.lost();
        assertThat(cancel(email)).isInstanceOf(Cancellation.Done.class);
        rig.allow(SEND);

        rig.look(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("unknown");
        assertThat(rig.reason(email)).contains("Canceled").contains("doesn't allow to look");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    /** Whoever is first, nothing is sent again and nothing that was sent is called canceled. */
    @Test
    void aCancelThatRacesWithTheLookLeavesOneTruth() throws Exception {
        var emails = new ArrayList<EmailKey>();
        for (var i = 0; i < 20; i++) {
            emails.add(rig.lost());
        }
        try (var canceler = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var email : emails) {
                canceler.execute(() -> cancel(email));
                rig.flow.lanes().makeDue(email);
            }
        }
        rig.flow.awaitState(rig.lane, "sent", emails.size());
        assertThat(emails).allSatisfy(email -> assertThat(rig.accepted(email)).isEqualTo(1));
    }

    @Test
    void aRetryLooksFirstAndFindsThatItWasSent() throws Exception {
        var email = unknown(Fault.acceptThenReset());
        rig.allow(SETTLE);

        rig.flow.settledAfter(email, () -> assertThat(retry(email)).isEqualTo(Changed.DONE));

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.reason(email)).contains("An earlier attempt was taken");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    @Test
    void aRetrySendsWhatIsNotThere() throws Exception {
        var email = unknown(Fault.resetAfterBody());
        rig.allow(SETTLE);
        rig.longAgo(email);

        rig.flow.settledAfter(email, () -> assertThat(retry(email)).isEqualTo(Changed.DONE));

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    /** Whoever retries was told of the doubt, and nobody can end it. */
    @Test
    void aRetryThatNobodyCanLookForIsSent() throws Exception {
        var email = unknown(Fault.acceptThenReset());

        rig.flow.settledAfter(email, () -> assertThat(retry(email)).isEqualTo(Changed.DONE));

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(2);
    }

    /** Without leave to look, and its sender wants no resend. */
    private EmailKey unknown(Fault fault) throws InterruptedException {
        rig.allow(SEND);
        google.faults().next(GoogleEndpoint.SEND, fault);
        var queued = new EmailKey[1];
        queued[0] = rig.flow.lanes().queueReported(rig.lane);
        rig.flow.wakeups().laneWoken(rig.lane);
        Awaitility.await()
                .atMost(FlowRig.PATIENCE)
                .until(() -> rig.flow.lanes().state(queued[0]).equals("unknown"));
        return queued[0];
    }

    private Cancellation cancel(EmailKey email) {
        return changes.cancel(
                visible(email), new ChangedBy(email.id(), Optional.empty()), email.id());
    }

    private Changed retry(EmailKey email) {
        return changes.retry(
                visible(email),
                new ChangedBy(email.id(), Optional.empty()),
                email.id(),
                Instant.now());
    }

    private static Visibility visible(EmailKey email) {
        return new Visibility(email.workspaceId(), Optional.empty(), Optional.empty());
    }
}
