package dev.postrider.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.flow.store.lane.LaneCounts;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseSize;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.vault.SealedCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is counted, and that counting costs little. */
@ExtendWith(TestDatabase.class)
final class ReadInstallationTest {
    private static final UUID WORKSPACE = NewId.get();
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final Database database;

    ReadInstallationTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void nothing() {
        for (var sql :
                List.of(
                        "truncate wake, lane, node, credential, webhook, data_key, mailbox cascade",
                        "truncate workspace cascade",
                        "insert into workspace (id, name) values ('%s', 'w')"
                                .formatted(WORKSPACE))) {
            database.read(handle -> handle.execute(sql));
        }
    }

    @Test
    void lanesAreToldApartByWhatTheyWaitFor() {
        lane("active", "now() + interval '1 hour'", "null", "null");
        lane("active", "null", "null", "null");
        lane("active", "now() - interval '10 minutes'", "null", "null");
        lane("active", "now() - interval '5 minutes'", "now() - interval '1 second'", "null");
        lane("active", "now() - interval '10 seconds'", "null", "null");
        lane("active", "now() - interval '10 minutes'", "now() + interval '30 seconds'", "null");
        lane("active", "now() - interval '10 minutes'", "null", "now() + interval '1 hour'");
        lane("active", "now() - interval '10 minutes'", "null", "now() - interval '10 seconds'");
        lane("paused", "now() - interval '10 minutes'", "null", "null");

        var lanes = database.read(LaneCounts::read);

        assertThat(lanes.waiting()).isEqualTo(8);
        assertThat(lanes.due()).isEqualTo(7);
        assertThat(lanes.unserved()).isEqualTo(2);
        assertThat(lanes.unservedSince().orElseThrow())
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(11)),
                        Instant.now().minus(Duration.ofMinutes(9)));
    }

    @Test
    void nodesHaveTheLanesThatTheyHaveLeasedNow() {
        node("a");
        node("b");
        lane("active", "now()", "now() + interval '30 seconds'", "null");
        lane("active", "now()", "now() - interval '30 seconds'", "null");

        assertThat(database.read(LaneCounts::read).nodes())
                .extracting(LaneCounts.NodeLanes::name, LaneCounts.NodeLanes::lanes)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", 1L),
                        org.assertj.core.groups.Tuple.tuple("b", 0L));
    }

    @Test
    void secretsAreCountedByTheKeyThatSealsThem() {
        database.read(handle ->
                handle.execute(
                        "insert into data_key (id, created_at) values (7, '2026-01-01'), (-8, '2026-02-01')"));
        database.read(handle ->
                handle.execute(
                        "insert into data_key_seal (data_key_id, master_key_id, sealed)"
                                + " values (7, -1, ''), (7, 2, ''), (-8, 2, '')"));
        for (var key : List.of("00000007", "00000007", "fffffff8")) {
            var mailbox = lane("active", "null", "null", "null");
            database.read(handle ->
                    handle.execute(
                            "insert into credential (workspace_id, mailbox_id, kind, secret)"
                                    + " values (?, ?, 'password', decode('02%s00', 'hex'))"
                                            .formatted(key),
                            WORKSPACE,
                            mailbox));
        }
        database.read(handle ->
                handle.execute(
                        "insert into webhook (workspace_id, id, endpoint, events, secret, status) values"
                                + " (?, ?, '', '{a}', decode('020000000700', 'hex'), 'enabled')",
                        WORKSPACE,
                        NewId.get()));

        var keys = database.read(SealedCounts::read);

        assertThat(keys).hasSize(2);
        assertThat(keys.get(0).id()).isEqualTo(7);
        assertThat(keys.get(0).isCurrent()).isFalse();
        assertThat(keys.get(0).masterKeys()).containsExactlyInAnyOrder(4_294_967_295L, 2L);
        assertThat(keys.get(0).credentials()).isEqualTo(2);
        assertThat(keys.get(0).others()).isEqualTo(1);
        assertThat(keys.get(1).isCurrent()).isTrue();
        assertThat(keys.get(1).credentials()).isEqualTo(1);
    }

    @Test
    void rowsAreTheServersEstimate() {
        database.read(handle ->
                handle.execute(
                        """
                        insert into audit_entry (workspace_id, id, actor, action, subject_kind, subject)
                        select ?, gen_random_uuid(), 'a', 'b', 'c', repeat('d', 500)
                        from generate_series(1, 3000)
                        """,
                        WORKSPACE));
        database.read(handle -> handle.execute("analyze audit_entry"));

        var tables = database.read(DatabaseSize::read).tables();

        assertThat(tables.getFirst().name()).isEqualTo("audit_entry");
        assertThat(tables.getFirst().rows()).hasValue(3_000);
        assertThat(tables.getFirst().octets()).isGreaterThan(1_500_000);
    }

    @Test
    void whoeverAsksWithinSecondsSeesWhatTheFirstHasRead() {
        var now = new AtomicReference<>(NOON);
        var reader = reader(now::get);
        var first = reader.read();
        node("late");
        now.set(NOON.plusMillis(3_999));

        assertThat(reader.read()).isSameAs(first);
        now.set(NOON.plusSeconds(4));
        assertThat(reader.read().lanes().nodes()).hasSize(1);
    }

    @Test
    void whatTakesLongIsReadMoreSeldom() {
        assertThat(ReadInstallation.staleAt(NOON, NOON.plusMillis(10)))
                .isEqualTo(NOON.plusSeconds(4));
        assertThat(ReadInstallation.staleAt(NOON, NOON.plusSeconds(2)))
                .isEqualTo(NOON.plusSeconds(40));
    }

    private ReadInstallation reader(InstantSource clock) {
        return new ReadInstallation(database, List::of, clock);
    }

    private void node(String name) {
        database.read(handle ->
                handle.execute("insert into node (name, seen_at) values (?, now())", name));
    }

    private UUID lane(String state, String due, String leased, String rests) {
        var id = NewId.get();
        database.inTransaction(handle -> {
            handle.execute(
                    """
                    insert into mailbox (workspace_id, id, address, provider, state, reason)
                    values (?, ?, 'a@b.example', 'sandbox', ?, ?)
                    """,
                    WORKSPACE,
                    id,
                    state,
                    state.equals("active") ? null : "why");
            handle.execute(
                    """
                    insert into lane (workspace_id, mailbox_id, leased_by, leased_until, rests_until)
                    values (?, ?, 'a', %s, %s)
                    """
                            .formatted(leased, rests),
                    WORKSPACE,
                    id);
            return handle.execute(
                    "insert into wake (workspace_id, mailbox_id, due_at) values (?, ?, %s)"
                            .formatted(due),
                    WORKSPACE,
                    id);
        });
        return id;
    }
}
