package dev.postrider.flow.store.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailState;
import dev.postrider.email.GiveUpAfter;
import dev.postrider.flow.store.find.Visibility;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.rig.OnAnOwnDatabaseToo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cancel says what is true: who has got an email can't be made not to have. */
@OnAnOwnDatabaseToo
@ExtendWith(TestDatabase.class)
final class CancelEmailTest {
    private final Database database;
    private final UUID workspace = NewId.get();
    private final UUID mailbox = NewId.get();
    private final UUID email = NewId.get();

    CancelEmailTest(Database database) {
        this.database = database;
        run("insert into workspace (id, name) values (?, 'Test')", workspace);
        run(
                """
                insert into webhook (workspace_id, id, endpoint, events, secret, status)
                values (?, ?, 'https://a.example', '{email.sent,email.canceled,email.failed}', '', 'enabled')
                """,
                workspace,
                NewId.get());
    }

    @Test
    void whatNobodyHasGotIsCanceledForAll() {
        queued("open", "open");

        assertThat(cancel()).isEqualTo(new Cancellation.Done(EmailState.CANCELED, "Canceled."));

        assertThat(texts("select state from email where id = ?")).containsExactly("canceled");
        assertThat(recipients()).containsExactly("canceled", "canceled");
        assertThat(events()).containsExactly("email.canceled");
        assertThat(cancel()).isEqualTo(new Cancellation.TooLate());
    }

    @Test
    void whatSomeHaveGotIsSentToThem() {
        queued("accepted", "open");

        assertThat(cancel()).isInstanceOf(Cancellation.Done.class);

        assertThat(texts("select state from email where id = ?")).containsExactly("sent");
        assertThat(texts("select reason from email where id = ?"))
                .containsExactly("Canceled. 1 of 2 recipients had got it before.");
        assertThat(recipients()).containsExactly("accepted", "canceled");
        assertThat(events()).containsExactlyInAnyOrder("email.sent", "email.canceled");
        assertThat(
                        texts(
                                "select (data ->> 'accepted') || (data ->> 'canceled') from event"
                                        + " where type = 'email.canceled' and data ->> 'email_id' = ?::text"))
                .containsExactly("[\"0@b.example\"][\"1@b.example\"]");
    }

    @Test
    void soDoesTheRemovalOfAMailbox() {
        queued("accepted", "open");

        database.inTransaction((Handle handle) -> {
            new CancelQueuedMail().cancel(handle, workspace, mailbox, "Its mailbox was removed.");
            return true;
        });

        assertThat(texts("select state from email where id = ?")).containsExactly("sent");
        assertThat(recipients()).containsExactly("accepted", "canceled");
        assertThat(events()).containsExactlyInAnyOrder("email.sent", "email.canceled");
        assertThat(texts("select id from email where id = ? and awaited"))
                .as("a caller who waits is told at once")
                .isEmpty();
    }

    /** SMTP can't be asked: the first attempt may have been taken, and no other follows. */
    @Test
    void whatWaitsForItsResendMayHaveBeenSent() {
        queued("open", "open");
        run("update email set resends = 1 where id = ?", email);

        assertThat(cancel())
                .isEqualTo(
                        new Cancellation.Done(
                                EmailState.UNKNOWN,
                                "Canceled. It may have been sent before: what became of"
                                        + " an attempt is unknown."));

        assertThat(texts("select state from email where id = ?")).containsExactly("unknown");
        assertThat(texts("select due_at from email where id = ?")).containsOnlyNulls();
        assertThat(recipients()).containsExactly("unknown", "unknown");
        assertThat(events()).as("never email.canceled").containsExactly("email.failed");
        assertThat(
                        texts(
                                "select (data ->> 'state') || ': ' || (data ->> 'reason') from event"
                                        + " where data ->> 'email_id' = ?::text"))
                .containsExactly(
                        "unknown: Canceled. It may have been sent before: what became"
                                + " of an attempt is unknown.");
        assertThat(cancel()).isEqualTo(new Cancellation.TooLate());
    }

    @Test
    void whoHasGotItKeepsThatAndTheOthersMayHave() {
        queued("accepted", "refused", "open");
        run("update email set resends = 1 where id = ?", email);

        assertThat(cancel())
                .isEqualTo(
                        new Cancellation.Done(
                                EmailState.UNKNOWN,
                                "Canceled. 1 of 3 recipients had got it before. It may"
                                        + " have been sent before: what became of an attempt is"
                                        + " unknown."));
        assertThat(recipients()).containsExactly("accepted", "refused", "unknown");
        assertThat(events()).containsExactly("email.failed");
    }

    /** It waits for the look, which alone can tell; a second cancel changes nothing. */
    @Test
    void whatIsLookedForIsLookedForAndNotSent() {
        queued("open");
        mailbox();
        run("update email set unknown_since = now() where id = ?", email);

        for (var i = 0; i < 2; i++) {
            assertThat(cancel())
                    .isEqualTo(
                            new Cancellation.Done(
                                    EmailState.QUEUED,
                                    "Canceled. It may have been sent before: the"
                                            + " mailbox is asked, and nothing more is sent."));
        }
        assertThat(texts("select state || ' ' || asked from email where id = ?"))
                .containsExactly("queued cancel");
        assertThat(texts("select due_at from email where id = ?")).doesNotContainNull();
        assertThat(recipients()).containsExactly("open");
        assertThat(events()).isEmpty();
    }

    @Test
    void aMailboxThatCanNotBeAskedNowLeavesItUnknownAtOnce() {
        queued("open");
        mailbox();
        run("update mailbox set state = 'paused', reason = 'Stopped.' where id = ?", mailbox);
        run("update email set unknown_since = now() where id = ?", email);

        assertThat(cancel())
                .isInstanceOfSatisfying(
                        Cancellation.Done.class,
                        done -> assertThat(done.state()).isEqualTo(EmailState.UNKNOWN));
        assertThat(recipients()).containsExactly("unknown");
        assertThat(events()).containsExactly("email.failed");
    }

    /** Its mailbox goes, so nobody is left to ask: nothing of it may be called canceled. */
    @ParameterizedTest
    @ValueSource(strings = {"resends = 1", "unknown_since = now()"})
    void theRemovalOfAMailboxLeavesUnknownWhatMayHaveBeenSent(String doubt) {
        queued("open");
        mailbox();
        run("update email set " + doubt + " where id = ?", email);

        database.inTransaction((Handle handle) -> {
            new CancelQueuedMail().cancel(handle, workspace, mailbox, "Its mailbox was removed.");
            return true;
        });

        assertThat(texts("select state || ': ' || reason from email where id = ?"))
                .containsExactly(
                        "unknown: Its mailbox was removed. It may have been sent before: what became"
                                + " of an attempt is unknown.");
        assertThat(recipients()).containsExactly("unknown");
        assertThat(events()).containsExactly("email.failed");
    }

    private void mailbox() {
        run(
                """
                insert into mailbox (workspace_id, id, address, provider, state)
                values (?, ?, 'ann@a.example', 'gmail', 'active')
                """,
                workspace,
                mailbox);
    }

    private Cancellation cancel() {
        return new ChangeEmails(database, new Wakeups(), new GiveUpAfter(Duration.ofDays(3)))
                .cancel(
                        new Visibility(workspace, Optional.empty(), Optional.empty()),
                        new ChangedBy(workspace, Optional.empty()),
                        email);
    }

    private void queued(String... recipients) {
        run(
                """
                insert into email (workspace_id, id, mailbox_id, message_id, sender, subject, state,
                    due_at, give_up_at, awaited)
                values (?, ?, ?, '<1@a.example>', 'ann@a.example', 'Hello', 'queued', now(),
                    now() + interval '3 days', true)
                """,
                workspace,
                email,
                mailbox);
        for (var i = 0; i < recipients.length; i++) {
            run(
                    "insert into recipient (workspace_id, email_id, position, kind, address, state)"
                            + " values (?, ?, ?, 'to', ?, ?)",
                    workspace,
                    email,
                    i,
                    i + "@b.example",
                    recipients[i]);
        }
    }

    private List<String> recipients() {
        return texts("select state from recipient where email_id = ? order by position");
    }

    private List<String> events() {
        return texts("select type from event where data ->> 'email_id' = ?::text");
    }

    private List<String> texts(String statement) {
        return database.read(handle -> handle.select(statement, email).mapTo(String.class).list());
    }

    private void run(String statement, Object... values) {
        database.inTransaction(handle -> handle.execute(statement, values));
    }
}
