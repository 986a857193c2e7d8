package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.DueEmail;
import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.Outcome;
import dev.postrider.email.Outcome.RecipientTurnedAway;
import dev.postrider.email.Recipient;
import dev.postrider.email.ServerReply;
import dev.postrider.flow.enqueue.Submitted;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Lanes;
import dev.postrider.rig.OnAnOwnDatabaseToo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From the lease to the settled attempt, on a real PostgreSQL. */
@OnAnOwnDatabaseToo
@ExtendWith(TestDatabase.class)
final class SettleTest {
    private static final ServerReply OK = new ServerReply(250, Optional.of("2.0.0"), "Ok");
    private static final ServerReply LATER = new ServerReply(450, Optional.of("4.2.1"), "Later");
    private static final ServerReply NO = new ServerReply(550, Optional.of("5.1.1"), "No");
    private static final Outcome ACCEPTED = new Outcome.Accepted(OK, List.of());
    private static final Outcome LOGIN_REFUSED = new Outcome.LoginRefused("535");

    private final Lanes lanes;
    private final LaneKey lane;
    private final OneLane hand;

    SettleTest(Database database) {
        this.hand = new OneLane(database);
        this.lanes = hand.lanes();
        this.lane = hand.lane();
    }

    @AfterEach
    void close() throws InterruptedException {
        hand.close();
    }

    @Test
    void anAwaitedEmailOvertakesTheOthers() {
        var first = lanes.queue(lane);
        var second = lanes.queue(lane);
        var awaited = lanes.queueAwaited(lane);

        assertThat(hand.emails().due(lane, 2))
                .extracting(DueEmail::key)
                .containsExactly(awaited, first);
        assertThat(hand.emails().due(lane, 9))
                .extracting(DueEmail::key)
                .containsExactly(awaited, first, second);
    }

    @Test
    void whatIsNotDueYetOrIsBegunIsNotRead() {
        var later = lanes.queue(lane);
        lanes.run("update email set due_at = now() + interval '1 minute' where id = ?", later.id());
        lanes.queue(lane);
        hand.begin(hand.lease());

        assertThat(hand.emails().due(lane, 9)).isEmpty();
    }

    @Test
    void aCanceledEmailDoesNotBegin() {
        var canceled = lanes.queue(lane);
        var other = lanes.queue(lane);
        var lease = hand.lease();
        var due = hand.emails().due(lane, 9);
        lanes.run(
                """
                update email
                set state = 'canceled',
                    due_at = null,
                    finished_at = now()
                where id = ?
                """,
                canceled.id());

        assertThat(hand.begin(lease)).extracting(DueEmail::key).containsExactly(other);
        hand.settle(lease, List.of(OneLane.unbegun(lease, due.getFirst(), LOGIN_REFUSED)));
        assertThat(lanes.state(canceled)).isEqualTo("canceled");
        assertThat(lanes.attempts(canceled)).isEmpty();
    }

    @Test
    void aSentEmailIsFinalWithItsAttemptAndItsRecipient() {
        var email = lanes.queue(lane);
        var lease = hand.lease();

        hand.settle(lease, List.of(OneLane.begun(lease, hand.begin(lease).getFirst(), ACCEPTED)));

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
    void attemptsThatNeverBeganAreNumberedToo() {
        var email = lanes.queue(lane);
        var lease = hand.lease();
        var down = new Outcome.Unreachable("down");

        hand.settle(
                lease,
                List.of(OneLane.unbegun(lease, hand.emails().due(lane, 9).getFirst(), down)));
        lanes.makeDue(email);
        hand.settle(
                lease,
                List.of(OneLane.unbegun(lease, hand.emails().due(lane, 9).getFirst(), down)));
        lanes.makeDue(email);
        hand.settle(lease, List.of(OneLane.begun(lease, hand.begin(lease).getFirst(), ACCEPTED)));

        assertThat(lanes.attempts(email))
                .containsExactly("1 unreachable", "2 unreachable", "3 accepted");
    }

    @Test
    void aRetryGoesOnlyToThoseWhoAreStillOpen() {
        var email = lanes.queue(lane, "a@example.org", "b@example.org", "c@example.org");
        var lease = hand.lease();
        var others =
                List.of(
                        new RecipientTurnedAway(1, LATER, false),
                        new RecipientTurnedAway(2, NO, true));

        hand.settle(
                lease,
                List.of(
                        OneLane.begun(
                                lease,
                                hand.begin(lease).getFirst(),
                                new Outcome.Accepted(OK, others))));

        assertThat(lanes.state(email)).isEqualTo("queued");
        assertThat(lanes.recipients(email)).containsExactly("accepted", "open", "refused");
        lanes.makeDue(email);
        var again = hand.begin(lease).getFirst();
        assertThat(again.recipients())
                .containsExactly(new Recipient(1, Recipient.Kind.TO, "b@example.org"));
        assertThat(again.partlyAccepted()).isTrue();
        hand.settle(
                lease,
                List.of(OneLane.begun(lease, again, new Outcome.Refused(NO, List.of(), true))));
        assertThat(lanes.state(email)).isEqualTo("sent");
        assertThat(lanes.recipients(email)).containsExactly("accepted", "refused", "refused");
        assertThat(lanes.attempts(email)).containsExactly("1 accepted", "2 recipients_refused");
    }

    @Test
    void aForgottenEmailLeavesNoRowBehind() {
        var email = lanes.queueAwaited(lane);
        var lease = hand.lease();

        hand.settle(
                lease,
                List.of(
                        OneLane.unbegun(
                                lease, hand.emails().due(lane, 9).getFirst(), LOGIN_REFUSED)));

        assertThat(rowsOf(email)).isZero();
    }

    @Test
    void anEmailWhoseCallerHasBeenPromisedThatItStaysIsNotForgotten() {
        var email = lanes.queueAwaited(lane);
        var lease = hand.lease();
        var due = hand.emails().due(lane, 9).getFirst();
        assertThat(due.awaited()).isTrue();
        lanes.run("update email set awaited = false where id = ?", email.id());

        hand.settle(lease, List.of(OneLane.unbegun(lease, due, LOGIN_REFUSED)));

        assertThat(lanes.state(email)).isEqualTo("queued");
        assertThat(lanes.attempts(email)).containsExactly("1 login_refused");
    }

    @Test
    void afterItsFirstAttemptNobodyWaitsForAnEmailAndItOvertakesNobody() {
        var email = lanes.queueAwaited(lane);
        var lease = hand.lease();

        hand.settle(
                lease,
                List.of(
                        OneLane.begun(
                                lease,
                                hand.begin(lease).getFirst(),
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

        assertThat(lanes.keep(lanes.email(key, lane, false))).isEqualTo(new Submitted.NoMailbox());

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
}
