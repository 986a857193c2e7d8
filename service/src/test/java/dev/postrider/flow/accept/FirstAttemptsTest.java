package dev.postrider.flow.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.AttemptEnd;
import dev.postrider.email.EmailKey;
import dev.postrider.email.EmailState;
import dev.postrider.flow.accept.FirstAttempts.Ended;
import dev.postrider.flow.store.FirstAttemptProgress;
import dev.postrider.flow.store.FirstAttemptProgress.Progress;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.rig.LoggedRecords;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class FirstAttemptsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Ended SENT =
            new Ended.Made(new Progress(EmailState.SENT, false, "250 Ok", "", Optional.empty()));

    private static final AttemptEnd END = new AttemptEnd(true, EmailState.SENT, "250 Ok", "");

    private final Database database;
    private final FirstAttemptProgress table;
    private final FirstAttempts attempts;
    private final Wakeups wakeups = new Wakeups();
    private final EmailKey email = new EmailKey(NewId.get(), NewId.get());

    FirstAttemptsTest(Database database) {
        this.database = database;
        this.table = new FirstAttemptProgress(database);
        this.attempts = new FirstAttempts(database, wakeups);
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
        assertThat(await(Duration.ZERO)).isEqualTo(new Ended.StillWaiting(Duration.ZERO));

        assertThat(table.progress(List.of(email)).get(email)).returns(false, Progress::awaited);
        assertThat(table.stopWaiting(email)).isFalse();
    }

    @Test
    void whoCannotBeToldIsToldSoAndNotThatNothingWasKept() throws Exception {
        try (var away = Database.at(database.url());
                var first = new FirstAttempts(away, wakeups).listen(email)) {
            away.close();

            assertThat(first.await(Duration.ZERO)).isEqualTo(new Ended.Unheard());
        }
    }

    @Test
    void anAttemptThatEndedFirstIsToldEvenWhenTheTimeIsOver() throws Exception {
        settle();

        assertThat(await(Duration.ZERO)).isEqualTo(SENT);
    }

    @Test
    void anEmailThatIsNotKeptIsToldToo() throws Exception {
        run("delete from email where id = ?", email.id());

        assertThat(await(Duration.ZERO)).isEqualTo(new Ended.NotKept());
        assertThat(await(LONG)).isEqualTo(new Ended.NotKept());
    }

    @Test
    void anAttemptThatEndsMeanwhileEndsTheWait() throws Exception {
        try (var first = attempts.listen(email)) {
            Thread.ofVirtual()
                    .start(() -> {
                        settle();
                        wakeups.settled(email.id(), END);
                    });

            assertThat(first.await(LONG)).isEqualTo(SENT);
        }
    }

    @Test
    void whatWasToldIsntLookedUp() throws Exception {
        try (var first = attempts.listen(email)) {
            wakeups.settled(email.id(), END);

            assertThat(first.await(LONG)).isEqualTo(SENT);
        }
        assertThat(attempts.looks()).isZero();
    }

    @Test
    void whatIsNotKeptIsTold() throws Exception {
        try (var first = attempts.listen(email)) {
            wakeups.settled(
                    email.id(), new AttemptEnd(false, EmailState.FAILED, "535", "login_refused"));

            assertThat(first.await(LONG)).isEqualTo(new Ended.NotKept());
        }
    }

    @Test
    void aSignalThatCameBeforeTheWaitIsNotLost() throws Exception {
        try (var first = attempts.listen(email)) {
            settle();
            wakeups.settled(email.id(), END);

            assertThat(first.await(LONG)).isEqualTo(SENT);
        }
    }

    @Test
    void anAttemptOnAnotherNodeIsNoticedWithoutASignal() throws Exception {
        Thread.ofVirtual().start(this::settle);

        assertThat(await(LONG)).isEqualTo(SENT);
    }

    @Test
    void whoWaitsForAMailboxThatRestsForLongerIsToldAtOnceAndWhy() throws Exception {
        restForAMinute();
        assertThat(await(LONG))
                .isInstanceOfSatisfying(
                        Ended.Resting.class,
                        resting -> {
                            assertThat(resting.rest().reason()).isEqualTo("Nothing listens there.");
                            assertThat(resting.rest().left()).isBetween(LONG, LONG.multipliedBy(2));
                        });
        assertThat(table.stopWaiting(email)).as("already told so").isFalse();
    }

    /** As a worker leaves the lane of a server that is away. */
    private void restForAMinute() {
        run("insert into workspace (id, name) values (?, 'Test')", email.workspaceId());
        run(
                """
                insert into mailbox (workspace_id, id, address, provider, state)
                select workspace_id, mailbox_id, sender, 'sandbox', 'active' from email where id = ?
                """,
                email.id());
        run(
                """
                insert into lane (workspace_id, mailbox_id, failures, rest_reason, rests_until)
                select workspace_id, mailbox_id, 3, 'Nothing listens there.',
                       now() + interval '1 minute'
                from email
                where id = ?
                """,
                email.id());
    }

    /** Each looked for itself before, twice a second. */
    @Test
    void manyWhoWaitShareTheirLooks() throws Exception {
        var all = 200;
        var listening = new CountDownLatch(all);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var ended =
                    IntStream.range(0, all)
                            .mapToObj(_ ->
                                    callers.submit(() -> {
                                        try (var first = attempts.listen(email)) {
                                            listening.countDown();
                                            return first.await(LONG);
                                        }
                                    }))
                            .toList();
            listening.await();
            settle();
            wakeups.settled(email.id(), END);
            for (var one : ended) {
                assertThat(one.get()).isEqualTo(SENT);
            }
        }
        assertThat(attempts.looks()).isLessThan(20);
    }

    @Test
    void aDatabaseThatIsAwayIsSaidInALineAndAskedAgain() throws Exception {
        var away = Database.at(database.url());
        var others = new FirstAttempts(away, wakeups);
        away.close();
        try (var logged = LoggedRecords.of("flow");
                var first = others.listen(email);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = callers.submit(() -> first.await(LONG));
            Awaitility.await().until(() -> others.looks() > 1);
            wakeups.settled(email.id(), END);
            assertThat(waiting.get()).isEqualTo(SENT);
            assertThat(logged.all())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.getThrown()).isNull())
                    .allSatisfy(line -> assertThat(line.getLevel()).isEqualTo(Level.WARNING));
        }
    }

    /** Their looks went on while the database was closed, and failed twice a second. */
    @Test
    void whoWaitsAsTheProgramEndsIsToldThatTheEmailStaysQueued() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = callers.submit(() -> await(LONG));
            Awaitility.await().until(() -> attempts.looks() > 0);

            attempts.close();

            assertThat(waiting.get()).isEqualTo(new Ended.ProgramEnds());
        }
        assertThat(table.progress(List.of(email)).get(email)).returns(false, Progress::awaited);
        var looks = attempts.looks();
        run("update email set awaited = true where id = ?", email.id());
        assertThat(await(LONG)).as("who comes later").isEqualTo(new Ended.ProgramEnds());
        assertThat(attempts.looks()).isEqualTo(looks);
    }

    /** The worker stops before: what it has done meanwhile isn't forgotten. */
    @Test
    void anAttemptThatHasEndedIsToldAsTheProgramEnds() throws Exception {
        attempts.close();
        settle();
        assertThat(await(LONG)).isEqualTo(SENT);
    }

    private Ended await(Duration wait) throws InterruptedException {
        try (var first = attempts.listen(email)) {
            return first.await(wait);
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
