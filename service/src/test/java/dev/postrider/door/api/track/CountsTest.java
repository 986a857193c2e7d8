package dev.postrider.door.api.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.flow.store.change.ChangeEmails;
import dev.postrider.flow.store.change.ChangedBy;
import dev.postrider.flow.store.find.Visibility;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Emails are counted by the hour, exactly, whatever becomes of them after an hour was counted. */
@QuarkusTest
class CountsTest {
    private static final String PASSWORD = "eine lange Leiter";

    /** Long enough ago to be kept once it is counted. */
    private final Instant hour =
            Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));

    private final UUID workspace = NewId.get();
    private final UUID mailbox = NewId.get();

    @Inject Database database;
    @Inject Users users;
    @Inject ChangeEmails changes;

    private Api owner = Api.underTest();
    private int made;

    @BeforeEach
    void tenant() {
        database.inTransaction(handle -> {
            handle.execute("insert into workspace (id, name) values (?, 'Counts')", workspace);
            handle.execute(
                    """
                    insert into mailbox (workspace_id, id, address, provider, state, reason)
                    values (?, ?, 'counts@example.org', 'sandbox', 'paused', 'on holiday')
                    """,
                    workspace,
                    mailbox);
            handle.execute(
                    "insert into lane (workspace_id, mailbox_id) values (?, ?)",
                    workspace,
                    mailbox);
            return handle.execute(
                    "insert into wake (workspace_id, mailbox_id) values (?, ?)",
                    workspace,
                    mailbox);
        });
        owner = user("counter", Role.OWNER);
    }

    @Test
    void anHourSaysWhatHasBecomeOfItsEmails() {
        email(hour, "sent");
        email(hour, "sent");
        email(hour.plus(Duration.ofMinutes(59)), "failed");
        email(hour.minusMillis(1), "refused");
        email(hour.plus(Duration.ofHours(1)), "canceled");
        email(hour, "queued");

        var answer = counts(hour.minusSeconds(1), hour.plusSeconds(3_601));

        assertThat(answer.path("hours")).hasSize(3);
        assertThat(answer.path("is_complete").asBoolean()).isTrue();
        assertHour(answer.path("hours").get(0), 1, "refused", 1);
        assertHour(answer.path("hours").get(1), 4, "sent", 2, "failed", 1, "waiting", 1);
        assertHour(answer.path("hours").get(2), 1, "canceled", 1);
        assertThat(answer.path("waiting").asInt()).isEqualTo(1);
        assertThat(answer.path("held").asInt()).isEqualTo(1);
    }

    @Test
    void whatWaitedAndWhatIsRetriedAfterwardsIsCountedToo() {
        var waits = email(hour, "queued");
        var fails = email(hour, "failed");
        email(hour, "sent");
        assertHour(theHour(), 3, "sent", 1, "failed", 1, "waiting", 1);
        assertThat(kept()).as("the hour is kept").isEqualTo(1);

        end(waits, "sent");
        assertHour(theHour(), 3, "sent", 2, "failed", 1);
        assertHour(theHour(), 3, "sent", 2, "failed", 1);

        var all = new Visibility(workspace, Optional.empty(), Optional.empty());
        assertThat(
                        changes.retry(
                                all,
                                new ChangedBy(workspace, Optional.empty()),
                                fails,
                                Instant.now()))
                .isEqualTo(ChangeEmails.Changed.DONE);
        assertHour(theHour(), 3, "sent", 2, "waiting", 1);
        end(fails, "refused");
        assertHour(theHour(), 3, "sent", 2, "refused", 1);
    }

    /** Else an hour that was counted before would say the old for ever. */
    @Test
    void aCountThatARetryOvertakesIsNotKept() {
        var fails = email(hour, "failed");
        var all = new Visibility(workspace, Optional.empty(), Optional.empty());
        // counted once, so that there is a version, and changed while the next counts
        theHour();
        assertThat(
                        changes.retry(
                                all,
                                new ChangedBy(workspace, Optional.empty()),
                                fails,
                                Instant.now()))
                .isEqualTo(ChangeEmails.Changed.DONE);

        var stale =
                database.inTransaction(handle ->
                        handle.execute(
                                """
                                update email_hour
                                set sent = 9, refused = 9, failed = 9, unknown = 9, canceled = 9, waiting = '{}'
                                where workspace_id = ?
                                  and version = 1
                                """,
                                workspace));

        assertThat(stale).as("rows under the version before the retry").isZero();
        assertHour(theHour(), 1, "waiting", 1);
    }

    @Test
    void aMemberCountsTheirOwn() {
        var member = user("member", Role.MEMBER);
        var id = UUID.fromString(member.get("/me").json().path("id").asText());
        email(hour, "sent");
        var own = email(hour, "failed");
        database.read(
                handle -> handle.execute("update email set user_id = ? where id = ?", id, own));

        var answer = member.get("/emails/counts?from=" + hour + "&to=" + hour.plusSeconds(1));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertHour(answer.json().path("hours").get(0), 1, "failed", 1);
        assertHour(theHour(), 2, "sent", 1, "failed", 1);
    }

    @Test
    void aSpanIsADayUnlessAskedOtherwiseAndAMonthAtMost() {
        assertThat(owner.get("/emails/counts").json().path("hours")).hasSize(24);
        assertThat(owner.get("/emails/counts?from=" + hour.minus(Duration.ofDays(40))).status())
                .isEqualTo(422);
        assertThat(owner.get("/emails/counts?to=yesterday").status()).isEqualTo(422);
        assertThat(
                        owner.get("/emails/counts?from=" + Instant.now().plus(Duration.ofDays(3)))
                                .json()
                                .path("hours"))
                .isEmpty();
    }

    private JsonNode theHour() {
        return counts(hour, hour.plusSeconds(1)).path("hours").get(0);
    }

    private JsonNode counts(Instant from, Instant to) {
        var answer = owner.get("/emails/counts?from=" + from + "&to=" + to);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static void assertHour(JsonNode hour, int accepted, Object... others) {
        assertThat(hour.path("accepted").asInt()).as(hour.toString()).isEqualTo(accepted);
        var rest = accepted;
        for (var i = 0; i < others.length; i += 2) {
            assertThat(hour.path((String) others[i]).asInt())
                    .as(others[i] + " of " + hour)
                    .isEqualTo(others[i + 1]);
            rest -= (int) others[i + 1];
        }
        assertThat(rest).as(hour.toString()).isZero();
    }

    private UUID email(Instant at, String state) {
        var id = new UUID((at.toEpochMilli() << 16) | 0x7000, 0x8000_0000_0000_0000L | made++);
        var ended = !state.equals("queued");
        database.inTransaction(handle -> {
            handle.execute(
                    """
                    insert into email (workspace_id, id, mailbox_id, message_id, sender, subject, state, due_at,
                                       finished_at, give_up_at)
                    values (?, ?, ?, 'm', 'counts@example.org', 'Counted', ?,
                            case when ? then null else now() + interval '1 day' end,
                            case when ? then now() end, now() + interval '3 days')
                    """,
                    workspace,
                    id,
                    mailbox,
                    state,
                    ended,
                    ended);
            return handle.execute(
                    """
                    insert into recipient (workspace_id, email_id, position, kind, address)
                    values (?, ?, 0, 'to', 'grace@example.org')
                    """,
                    workspace,
                    id);
        });
        return id;
    }

    private void end(UUID id, String state) {
        database.read(handle ->
                handle.execute(
                        "update email set state = ?, due_at = null, finished_at = now() where id = ?",
                        state,
                        id));
    }

    private int kept() {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select count(*)
                                from email_hour
                                where workspace_id = :workspace
                                  and sent is not null
                                """)
                        .bind("workspace", workspace)
                        .mapTo(Integer.class)
                        .one());
    }

    private Api user(String name, Role role) {
        var email = name + "." + workspace + "@example.org";
        assertThat(users.create(workspace, email, role, Optional.of(PASSWORD)))
                .isInstanceOf(Users.Creation.Done.class);
        return Api.underTest().loggedIn(email, PASSWORD);
    }
}
