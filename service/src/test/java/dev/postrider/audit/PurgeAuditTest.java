package dev.postrider.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.purge.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit log is append-only, but for what is older than anybody has to keep. */
@ExtendWith(TestDatabase.class)
final class PurgeAuditTest {
    private static final Actor SOMEBODY =
            new Actor(NewId.get(), Optional.empty(), "ann@a.example", Optional.empty());

    private final Database database;
    private final AuditLog log;

    PurgeAuditTest(Database database) {
        this.database = database;
        this.log = new AuditLog(database);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set actor = 'nobody'",
                "delete from audit_entry",
                "truncate audit_entry",
                "update audit_outcome set status = 200",
                "delete from audit_outcome",
                "truncate audit_outcome"
            })
    void theDatabaseRefusesToChangeIt(String statement) {
        var _ = entry("test.done");
        assertThatThrownBy(() -> database.inTransaction(handle -> handle.execute(statement)))
                .hasMessageContaining("append-only");
    }

    @Test
    void whatWasKeptLongEnoughIsPurgedAndNothingElse() {
        asIfMade("731 days", entry("test.old"));
        asIfMade("729 days", entry("test.young"));
        var purge =
                new PurgeAudit(
                        database,
                        new Retention(
                                Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(730)));

        while (purge.some(Instant.now()) > 0) {
            // until nothing old is left
        }

        assertThat(
                        log.read(
                                SOMEBODY.workspaceId(),
                                AuditFilter.ALL,
                                new Page(100, Optional.empty(), Optional.empty())))
                .isInstanceOfSatisfying(
                        AuditLog.Read.Done.class,
                        read ->
                                assertThat(read.entries().items())
                                        .extracting(AuditEntry::action)
                                        .contains("test.young")
                                        .doesNotContain("test.old"));
    }

    private AuditLog.Begun entry(String action) {
        var entry =
                log.begin(SOMEBODY, action, new AuditLog.Subject("test", Optional.empty(), "it"));
        log.end(entry, 200, Optional.empty());
        return entry;
    }

    /** As only the superuser can. */
    private void asIfMade(String age, AuditLog.Begun entry) {
        database.inTransaction(handle -> {
            handle.execute("set local session_replication_role = replica");
            handle.execute(
                    "update audit_outcome set at = now() - cast(? as interval) where entry_id = ?",
                    age,
                    entry.id());
            return handle.execute(
                    "update audit_entry set at = now() - cast(? as interval) where id = ?",
                    age,
                    entry.id());
        });
    }
}
