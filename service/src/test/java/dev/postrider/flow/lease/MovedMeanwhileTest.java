package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.email.Lease;
import dev.postrider.flow.store.TakeDueEmails;
import dev.postrider.flow.store.TakenBatch;
import dev.postrider.flow.store.TakenBatch.Wanted;
import dev.postrider.flow.store.lane.LaneLeases;
import dev.postrider.mailbox.Removal;
import dev.postrider.mailbox.TestMailboxes;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.rig.Lanes;
import dev.postrider.rig.OnAnOwnDatabaseToo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What its owner does to an email or a mailbox in the moment in which the lane picks it. */
@OnAnOwnDatabaseToo
@ExtendWith(TestDatabase.class)
final class MovedMeanwhileTest {
    private final Database database;
    private final Lanes lanes;
    private Wanted wanted;
    private EmailKey email;

    MovedMeanwhileTest(Database database) {
        this.database = database;
        this.lanes = new Lanes(database, new Wakeups());
    }

    @BeforeEach
    void queueOne() {
        var lane = lanes.sandbox();
        email = lanes.newKey();
        lanes.keep(lanes.email(email, lane, Instant.now().plus(Duration.ofHours(1))));
        lanes.makeDue(email);
        Lease lease =
                new LaneLeases(database, "here", Duration.ofSeconds(30))
                        .claim(1, Duration.ZERO)
                        .getFirst();
        wanted = new Wanted(lease, lanes.changedAt(lane), 10, 10, Instant.now());
    }

    @AfterEach
    void close() throws InterruptedException {
        lanes.close();
    }

    @Test
    void itIsBegunOnlyAsItWasPicked() throws Exception {
        var taken = new CompletableFuture<TakenBatch>();
        database.inTransaction(mover -> {
            mover.execute(
                    "update email set due_at = now() - interval '1 second' where id = ?",
                    email.id());
            Thread.ofVirtual().start(() -> taken.complete(take()));
            awaitALock();
            return mover;
        });

        assertThat(((TakenBatch.Begun) taken.get(30, TimeUnit.SECONDS)).emails()).isEmpty();
        assertThat(lanes.state(email)).isEqualTo("scheduled");
        assertThat(((TakenBatch.Begun) take()).emails()).hasSize(1);
    }

    /** The counting of what is begun refers to the mailbox's row, which the removal has locked. */
    @Test
    void aMailboxThatIsRemovedLetsTheTakerEnd() throws Exception {
        var mailboxes = TestMailboxes.of(database);
        var mailbox = wanted.lease().lane().mailboxId();
        var removed = new CompletableFuture<Removal>();
        var taken =
                database.inTransaction(taker -> {
                    taker.execute("select from lane where mailbox_id = ? for share", mailbox);
                    Thread.ofVirtual()
                            .start(() ->
                                    removed.complete(
                                            mailboxes.remove(email.workspaceId(), mailbox, true)));
                    awaitALock();
                    return TakeDueEmails.take(taker, List.of(wanted)).get(wanted);
                });

        assertThat(((TakenBatch.Begun) Objects.requireNonNull(taken)).emails()).hasSize(1);
        assertThat(removed.get(30, TimeUnit.SECONDS)).isEqualTo(Removal.HAS_MAIL);
    }

    private TakenBatch take() {
        return Objects.requireNonNull(
                database.inTransaction(handle -> TakeDueEmails.take(handle, List.of(wanted)))
                        .get(wanted));
    }

    /** The server's word that the lane has picked the email and waits for its row. */
    private void awaitALock() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> database.read(MovedMeanwhileTest::somebodyWaits));
    }

    private static boolean somebodyWaits(Handle handle) {
        return handle.createQuery(
                        "select exists (select from pg_locks where not granted and locktype = 'transactionid')")
                .mapTo(Boolean.class)
                .one();
    }
}
