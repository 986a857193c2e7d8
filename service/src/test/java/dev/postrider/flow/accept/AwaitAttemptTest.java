package dev.postrider.flow.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.email.EmailState;
import dev.postrider.flow.accept.AwaitAttempt.Ended;
import dev.postrider.flow.store.AwaitedEmails;
import dev.postrider.flow.store.AwaitedEmails.Progress;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class AwaitAttemptTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Ended SENT =
            new Ended.Attempted(new Progress(EmailState.SENT, false, "250 Ok", ""));

    private final Database database;
    private final AwaitedEmails table;
    private final AwaitAttempt await;
    private final Wakeups wakeups = new Wakeups();
    private final EmailKey email = new EmailKey(NewId.get(), NewId.get());

    AwaitAttemptTest(Database database) {
        this.database = database;
        this.table = new AwaitedEmails(database);
        this.await = new AwaitAttempt(table);
        run(
                """
                insert into email (workspace_id, id, mailbox_id, message_id, sender, subject, state,
                    due_at, awaited, give_up_at)
                values (?, ?, ?, '<1@example.org>', 'ann@example.org', 'Hello', 'queued', now(), true,
                    now() + interval '3 days')
                """,
                email.workspaceId(),
                email.id(),
                NewId.get());
    }

    @Test
    void whoseTimeIsOverFirstWaitsNoMoreAndTheWorkerCanSeeIt() throws Exception {
        assertThat(await(Duration.ZERO)).isEqualTo(new Ended.StillWaiting());

        assertThat(table.progress(email)).get().returns(false, Progress::awaited);
        assertThat(table.stopWaiting(email)).isFalse();
    }

    @Test
    void anAttemptThatEndedFirstIsToldEvenWhenTheTimeIsOver() throws Exception {
        settle();

        assertThat(await(Duration.ZERO)).isEqualTo(SENT);
    }

    @Test
    void anEmailThatWasForgottenFirstIsToldToo() throws Exception {
        run("delete from email where id = ?", email.id());

        assertThat(await(Duration.ZERO)).isEqualTo(new Ended.Forgotten());
        assertThat(await(LONG)).isEqualTo(new Ended.Forgotten());
    }

    @Test
    void anAttemptThatEndsMeanwhileEndsTheWait() throws Exception {
        try (var settlement = wakeups.listen(email.id())) {
            Thread.ofVirtual()
                    .start(() -> {
                        settle();
                        wakeups.settled(email.id());
                    });

            assertThat(await.await(email, settlement, LONG)).isEqualTo(SENT);
        }
    }

    @Test
    void anAttemptOnAnotherNodeIsNoticedWithoutASignal() throws Exception {
        Thread.ofVirtual().start(this::settle);

        assertThat(await(LONG)).isEqualTo(SENT);
    }

    private Ended await(Duration wait) throws InterruptedException {
        try (var settlement = wakeups.listen(email.id())) {
            return await.await(email, settlement, wait);
        }
    }

    private void settle() {
        run(
                """
                update email
                set state = 'sent',
                    due_at = null,
                    finished_at = now(),
                    awaited = false,
                    reason = '250 Ok'
                where id = ?
                """,
                email.id());
    }

    private void run(String statement, Object... values) {
        database.inTransaction(handle -> handle.execute(statement, values));
    }
}
