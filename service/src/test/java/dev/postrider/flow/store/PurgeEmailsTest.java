package dev.postrider.flow.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.impl.UUIDUtil;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.purge.Retention;
import dev.postrider.rig.OnAnOwnDatabaseToo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@OnAnOwnDatabaseToo
@ExtendWith(TestDatabase.class)
final class PurgeEmailsTest {
    private static final Retention KEEP =
            new Retention(Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(730));

    private final Database database;
    private final UUID workspace = NewId.get();

    PurgeEmailsTest(Database database) {
        this.database = database;
        run("insert into workspace (id, name) values (?, 'Test')", workspace);
    }

    @Test
    void finishedEmailsLoseTheirContentFirstAndThenAll() {
        var young = email(6, 6);
        var old = email(8, 8);
        var older = email(31, 31);

        purge();

        assertThat(rows("email", "id")).containsExactlyInAnyOrder(young, old);
        assertThat(rows("email_content", "email_id")).containsExactly(young);
        assertThat(rows("recipient", "email_id")).containsExactlyInAnyOrder(young, old);
        assertThat(rows("attempt", "email_id")).containsExactlyInAnyOrder(young, old);
        assertThat(rows("email_change", "email_id")).containsExactlyInAnyOrder(young, old);
        assertThat(older).isNotNull();
    }

    @Test
    void whatWasMadeLongAgoAndFinishedLatelyStays() {
        var scheduled = email(40, 1);

        purge();

        assertThat(rows("email_content", "email_id")).containsExactly(scheduled);
    }

    @Test
    void whatIsNotFinishedStaysHoweverOldItIs() {
        var waiting = email(400, 400);
        run(
                """
                update email
                set state = 'queued',
                    due_at = now(),
                    finished_at = null
                where id = ?
                """,
                waiting);

        purge();

        assertThat(rows("email", "id")).containsExactly(waiting);
        assertThat(rows("email_content", "email_id")).containsExactly(waiting);
    }

    @Test
    void thousandsArePurgedInOneGo() {
        var _ =
                database.inTransaction(handle -> {
                    for (var i = 0; i < 2_203; i++) {
                        var _ = email(handle, 31, 31);
                    }
                    return true;
                });

        purge();

        assertThat(rows("email", "id")).isEmpty();
    }

    @Test
    void aRemovedWorkspaceLeavesNothingBehind() {
        email(31, 31);
        var content = email(8, 8);
        run("delete from workspace where id = ?", workspace);

        purge();

        assertThat(rows("email", "id")).containsExactly(content);
        assertThat(rows("email_content", "email_id")).isEmpty();
        assertThat(rows("attempt", "email_id")).containsExactly(content);
    }

    @Test
    void anIdStandsBehindAllThatWereMadeBefore() {
        var time = Instant.parse("2026-11-22T12:00:00.123Z");
        var id = PurgeEmails.firstIdAt(time);

        assertThat(UUIDUtil.extractTimestamp(id)).isEqualTo(time.toEpochMilli());
        assertThat(id.version()).isEqualTo(7);
    }

    private void purge() {
        var purge = new PurgeEmails(database, KEEP);
        while (purge.some(Instant.now()) > 0) {
            // until nothing old is left
        }
    }

    private UUID email(int madeDaysAgo, int finishedDaysAgo) {
        return database.inTransaction(handle -> email(handle, madeDaysAgo, finishedDaysAgo));
    }

    private UUID email(Handle handle, int madeDaysAgo, int finishedDaysAgo) {
        var made = PurgeEmails.firstIdAt(Instant.now().minus(Duration.ofDays(madeDaysAgo)));
        var id = new UUID(made.getMostSignificantBits(), NewId.get().getLeastSignificantBits());
        handle.execute(
                """
                insert into email (workspace_id, id, mailbox_id, message_id, sender, subject, state,
                    give_up_at, finished_at)
                values (?, ?, ?, '<1@a.example>', 'ann@a.example', 'Hello', 'sent', now(),
                    now() - make_interval(days => ?))
                """,
                workspace,
                id,
                workspace,
                finishedDaysAgo);
        handle.execute("insert into email_content values (?, ?, '')", workspace, id);
        handle.execute(
                "insert into recipient (workspace_id, email_id, position, kind, address, state)"
                        + " values (?, ?, 0, 'to', 'bob@b.example', 'accepted')",
                workspace,
                id);
        handle.execute(
                """
                insert into attempt (workspace_id, email_id, number, node, epoch, begun_at, outcome)
                values (?, ?, 1, 'a', 1, now(), 'accepted')
                """,
                workspace,
                id);
        handle.execute(
                """
                insert into email_change (workspace_id, email_id, id, change, user_id)
                values (?, ?, ?, 'retried', ?)
                """,
                workspace,
                id,
                id,
                workspace);
        return id;
    }

    private List<UUID> rows(String table, String column) {
        return database.read(handle ->
                handle.createQuery(
                                "select "
                                        + column
                                        + " from "
                                        + table
                                        + " where workspace_id = :workspace")
                        .bind("workspace", workspace)
                        .mapTo(UUID.class)
                        .list());
    }

    private void run(String statement, Object... values) {
        database.inTransaction(handle -> handle.execute(statement, values));
    }
}
