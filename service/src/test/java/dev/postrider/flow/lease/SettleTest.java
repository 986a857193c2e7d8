package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.email.Outcome.RecipientTurnedAway;
import dev.postrider.email.Recipient;
import dev.postrider.email.ServerReply;
import dev.postrider.flow.enqueue.Enqueue;
import dev.postrider.flow.settle.Settle;
import dev.postrider.flow.store.QueuedEmails;
import dev.postrider.flow.store.TakeDueEmails;
import dev.postrider.flow.store.TakenBatch;
import dev.postrider.flow.store.lane.LaneLeases;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.rig.FlowRig;
import dev.postrider.rig.Lanes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From the lease to the settled attempt, on a real PostgreSQL. */
@ExtendWith(TestDatabase.class)
final class SettleTest {
    private static final ServerReply OK = new ServerReply(250, Optional.of("2.0.0"), "Ok");
    private static final ServerReply LATER = new ServerReply(450, Optional.of("4.2.1"), "Later");
    private static final ServerReply NO = new ServerReply(550, Optional.of("5.1.1"), "No");
    private static final Outcome ACCEPTED = new Outcome.Accepted(OK, List.of());
    private static final Outcome LOGIN_REFUSED = new Outcome.LoginRefused("535");

    private final Lanes lanes;
    private final LaneLeases table;
    private final QueuedEmails emails;
    private final Database database;
    private final Settle settle;
    private final LaneKey lane;

    SettleTest(Database database) {
        var wakeups = new Wakeups();
        this.lanes = new Lanes(database, wakeups);
        this.table = new LaneLeases(database, "here", Duration.ofSeconds(30));
        this.database = database;
        this.emails = new QueuedEmails(database);
        this.settle = FlowRig.settle(database, wakeups, "here");
        this.lane = lanes.sandbox();
    }

    @AfterEach
    void close() throws InterruptedException {
        settle.close();
        lanes.close();
    }

    @Test
    void anAwaitedEmailOvertakesTheOthers() {
        var first = lanes.queue(lane);
        var second = lanes.queue(lane);
        var awaited = lanes.queueAwaited(lane);

        assertThat(emails.due(lane, 2)).extracting(DueEmail::key).containsExactly(awaited, first);
        assertThat(emails.due(lane, 9))
                .extracting(DueEmail::key)
                .containsExactly(awaited, first, second);
    }

    @Test
    void whatIsNotDueYetOrIsBegunIsNotRead() {
        var later = lanes.queue(lane);
        lanes.run("update email set due_at = now() + interval '1 minute' where id = ?", later.id());
        lanes.queue(lane);
        begin(lease());

        assertThat(emails.due(lane, 9)).isEmpty();
    }

    @Test
    void nothingBeginsUnderAnOldEpochOrAfterTheEndOfTheLease() {
        var email = lanes.queue(lane);
        var old = lease();
        lanes.endLease(lane);

        assertThat(take(old, 9)).isEqualTo(new TakenBatch.LeaseEnded());
        lease();
        assertThat(take(old, 9)).isEqualTo(new TakenBatch.LeaseEnded());
        assertThat(lanes.row(email)).containsEntry("state", "queued").containsEntry("attempts", 0);
    }

    @Test
    void aCanceledEmailDoesNotBegin() {
        var canceled = lanes.queue(lane);
        var other = lanes.queue(lane);
        var lease = lease();
        var due = emails.due(lane, 9);
        lanes.run(
                """
                update email
                set state = 'canceled',
                    due_at = null,
                    finished_at = now()
                where id = ?
                """,
                canceled.id());

        assertThat(begin(lease)).extracting(DueEmail::key).containsExactly(other);
        settle(lease, List.of(unbegun(lease, due.getFirst(), LOGIN_REFUSED)));
        assertThat(lanes.state(canceled)).isEqualTo("canceled");
        assertThat(lanes.attempts(canceled)).isEmpty();
    }

    @Test
    void aSentEmailIsFinalWithItsAttemptAndItsRecipient() {
        var email = lanes.queue(lane);
        var lease = lease();

        settle(lease, List.of(begun(lease, begin(lease).getFirst(), ACCEPTED)));

        assertThat(lanes.row(email))
                .containsEntry("state", "sent")
                .containsEntry("attempts", 1)
                .containsEntry("due_at", null);
        assertThat(lanes.attempts(email)).containsExactly("1 accepted");
        assertThat(lanes.recipients(email)).containsExactly("accepted");
        assertThat(
                        lanes.one(
                                """
                                select node, epoch, server, tls, code, enhanced, reply
                                from attempt
                                where email_id = ?
                                """,
                                email.id()))
                .get()
                .hasToString(
                        "{node=here, epoch=1, server=mx:25, tls=TLSv1.3, code=250, enhanced=2.0.0, reply=Ok}");
    }

    @Test
    void settlingUnderAnOldEpochChangesNothing() {
        var email = lanes.queue(lane);
        var old = lease();
        var attempt = begun(old, begin(old).getFirst(), ACCEPTED);
        lanes.endLease(lane);
        var holder = lease();

        settle(old, List.of(attempt));

        assertThat(lanes.state(email)).isEqualTo("sending");
        assertThat(lanes.attempts(email)).isEmpty();
        assertThat(lanes.recipients(email)).containsExactly("open");
        assertThat(emails.begun(holder)).hasSize(1);
    }

    @Test
    void whatACrashLeftBegunIsResentOnceAndThenUnknown() {
        var email = lanes.queue(lane);
        begin(lease());
        lanes.endLease(lane);

        settleBegunBefore(lease());

        assertThat(lanes.row(email))
                .containsEntry("state", "queued")
                .containsEntry("resends", 1)
                .containsEntry("attempts", 1);
        assertThat(lanes.attempts(email)).containsExactly("1 unknown");

        lanes.makeDue(email);
        lanes.endLease(lane);
        begin(lease());
        lanes.endLease(lane);
        settleBegunBefore(lease());

        assertThat(lanes.row(email))
                .containsEntry("state", "unknown")
                .containsEntry("resends", 1)
                .containsEntry("attempts", 2);
        assertThat(lanes.attempts(email)).containsExactly("1 unknown", "2 unknown");
        assertThat(lanes.recipients(email)).containsExactly("unknown");
    }

    @Test
    void whatACrashLeftBegunIsOnlyReportedWhereTheSenderWantsThat() {
        var email = lanes.queueReported(lane);
        begin(lease());
        lanes.endLease(lane);

        settleBegunBefore(lease());

        assertThat(lanes.state(email)).isEqualTo("unknown");
        assertThat(lanes.attempts(email)).containsExactly("1 unknown");
    }

    @Test
    void whatACrashLeftQueuedIsSentAsIfNothingHadBeen() {
        var email = lanes.queue(lane);
        lease();
        lanes.endLease(lane);
        var holder = lease();

        assertThat(emails.begun(holder)).isEmpty();
        settle(holder, List.of(begun(holder, begin(holder).getFirst(), ACCEPTED)));

        assertThat(lanes.attempts(email)).containsExactly("1 accepted");
    }

    @Test
    void attemptsThatNeverBeganAreNumberedToo() {
        var email = lanes.queue(lane);
        var lease = lease();
        var down = new Outcome.Unreachable("down");

        settle(lease, List.of(unbegun(lease, emails.due(lane, 9).getFirst(), down)));
        lanes.makeDue(email);
        settle(lease, List.of(unbegun(lease, emails.due(lane, 9).getFirst(), down)));
        lanes.makeDue(email);
        settle(lease, List.of(begun(lease, begin(lease).getFirst(), ACCEPTED)));

        assertThat(lanes.attempts(email))
                .containsExactly("1 unreachable", "2 unreachable", "3 accepted");
    }

    @Test
    void aRetryGoesOnlyToThoseWhoAreStillOpen() {
        var email = lanes.queue(lane, "a@example.org", "b@example.org", "c@example.org");
        var lease = lease();
        var others =
                List.of(
                        new RecipientTurnedAway(1, LATER, false),
                        new RecipientTurnedAway(2, NO, true));

        settle(
                lease,
                List.of(begun(lease, begin(lease).getFirst(), new Outcome.Accepted(OK, others))));

        assertThat(lanes.state(email)).isEqualTo("queued");
        assertThat(lanes.recipients(email)).containsExactly("accepted", "open", "refused");
        lanes.makeDue(email);
        var again = begin(lease).getFirst();
        assertThat(again.recipients())
                .containsExactly(new Recipient(1, Recipient.Kind.TO, "b@example.org"));
        assertThat(again.partlyAccepted()).isTrue();
        settle(lease, List.of(begun(lease, again, new Outcome.Refused(NO, List.of(), true))));
        assertThat(lanes.state(email)).isEqualTo("sent");
        assertThat(lanes.recipients(email)).containsExactly("accepted", "refused", "refused");
        assertThat(lanes.attempts(email)).containsExactly("1 accepted", "2 recipients_refused");
    }

    @Test
    void aForgottenEmailLeavesNoRowBehind() {
        var email = lanes.queueAwaited(lane);
        var lease = lease();

        settle(lease, List.of(unbegun(lease, emails.due(lane, 9).getFirst(), LOGIN_REFUSED)));

        assertThat(rowsOf(email)).isZero();
    }

    @Test
    void anEmailWhoseCallerHasBeenPromisedThatItStaysIsNotForgotten() {
        var email = lanes.queueAwaited(lane);
        var lease = lease();
        var due = emails.due(lane, 9).getFirst();
        assertThat(due.awaited()).isTrue();
        lanes.run("update email set awaited = false where id = ?", email.id());

        settle(lease, List.of(unbegun(lease, due, LOGIN_REFUSED)));

        assertThat(lanes.state(email)).isEqualTo("queued");
        assertThat(lanes.attempts(email)).containsExactly("1 login_refused");
    }

    @Test
    void afterItsFirstAttemptNobodyWaitsForAnEmailAndItOvertakesNobody() {
        var email = lanes.queueAwaited(lane);
        var lease = lease();

        settle(
                lease,
                List.of(
                        begun(
                                lease,
                                begin(lease).getFirst(),
                                new Outcome.Deferred(LATER, List.of()))));

        assertThat(lanes.row(email))
                .containsEntry("state", "queued")
                .containsEntry("awaited", false)
                .containsEntry("priority", 2);
    }

    @Test
    void mailForAMailboxThatHasGoneIsNotKept() {
        lanes.run("delete from mailbox where id = ?", lane.mailboxId());
        var key = lanes.newKey();

        assertThat(lanes.keep(lanes.email(key, lane, false))).isEqualTo(Enqueue.Kept.NO_MAILBOX);

        assertThat(rowsOf(key)).isZero();
    }

    private long rowsOf(EmailKey email) {
        return lanes.texts(
                        """
                        select 'email' from email where id = :id
                        union all
                        select 'content' from email_content where email_id = :id
                        union all
                        select 'recipient' from recipient where email_id = :id
                        union all
                        select 'attempt' from attempt where email_id = :id
                        """
                                .replace(":id", "'" + email.id() + "'"))
                .size();
    }

    private Lease lease() {
        return table.claim(1, Duration.ZERO).getFirst();
    }

    private List<DueEmail> begin(Lease lease) {
        return switch (take(lease, 9)) {
            case TakenBatch.Begun begun -> begun.emails();
            case TakenBatch.LeaseEnded(), TakenBatch.MailboxChanged() ->
                    throw new AssertionError(lease);
        };
    }

    private TakenBatch take(Lease lease, int messages) {
        var wanted =
                new TakenBatch.Wanted(lease, lanes.changedAt(lane), messages, 100, Instant.now());
        return Objects.requireNonNull(
                database.inTransaction(handle -> TakeDueEmails.take(handle, List.of(wanted)))
                        .get(wanted));
    }

    private void settle(Lease lease, List<Attempt> attempts) {
        var _ = settle.settle(lease, attempts).toCompletableFuture().join();
    }

    private void settleBegunBefore(Lease lease) {
        settle(
                lease,
                emails.begun(lease).stream()
                        .map(each ->
                                attempt(
                                        each.email(),
                                        each.epoch(),
                                        true,
                                        new Outcome.Unknown("A crash.")))
                        .toList());
    }

    private static Attempt begun(Lease lease, DueEmail email, Outcome outcome) {
        return attempt(email, lease.epoch(), true, outcome);
    }

    private static Attempt unbegun(Lease lease, DueEmail email, Outcome outcome) {
        return attempt(email, lease.epoch(), false, outcome);
    }

    private static Attempt attempt(DueEmail email, long epoch, boolean begun, Outcome outcome) {
        return new Attempt(
                email,
                epoch,
                begun,
                Instant.now(),
                Optional.of("mx:25"),
                Optional.of("TLSv1.3"),
                outcome);
    }
}
