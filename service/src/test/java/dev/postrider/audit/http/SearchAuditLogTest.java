package dev.postrider.audit.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.audit.Actor;
import dev.postrider.audit.AuditLog;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an admin finds in the log, as pages and as a file, and who finds nothing. */
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one log to search
final class SearchAuditLogTest {
    private static final String PASSWORD = "eine lange Leiter";
    private static final AuditLog.Subject SOMETHING =
            new AuditLog.Subject("test", Optional.empty(), "something");

    private final Database database;
    private final Users users;
    private final UUID workspace = NewId.get();
    private final String bobs = "bob." + workspace + "@example.org";
    private Api owner = Api.underTest();
    private Api admin = Api.underTest();
    private Api member = Api.underTest();
    private String mailbox = "";
    private Instant afterwards = Instant.EPOCH;

    @Inject
    SearchAuditLogTest(Database database, Users users) {
        this.database = database;
        this.users = users;
    }

    @BeforeAll
    void doThings() {
        database.read(handle ->
                handle.execute("insert into workspace (id, name) values (?, 'w')", workspace));
        owner = user("=owner", Role.OWNER);
        admin = user("bob", Role.ADMIN);
        member = user("member", Role.MEMBER);
        mailbox =
                owner.post(
                                "/mailboxes",
                                "{\"address\": \"a@%s.example\", \"provider\": \"sandbox\"}"
                                        .formatted(workspace))
                        .json()
                        .path("id")
                        .asText();
        admin.patch("/mailboxes/" + mailbox, "{\"display_name\": \"A\"}");
        admin.delete("/mailboxes/" + NewId.get());
        afterwards = Instant.now();
    }

    private Api user(String name, Role role) {
        var email = name + "." + workspace + "@example.org";
        assertThat(users.create(workspace, email, role, Optional.of(PASSWORD)))
                .isInstanceOf(Users.Creation.Done.class);
        return Api.underTest().loggedIn(email, PASSWORD);
    }

    @Test
    void byWhoDidIt() {
        var before = "&created_before=" + afterwards.plusMillis(1);
        var byName = found("actor=" + bobs.toUpperCase(java.util.Locale.ROOT) + before);
        var id = admin.get("/me").json().path("id").asText();

        assertThat(byName).containsExactly("mailbox.removed", "mailbox.changed", "session.opened");
        assertThat(found("actor=" + id + before)).isEqualTo(byName);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action=mailbox            | mailbox.removed mailbox.changed mailbox.connected",
                "action=mailbox.con        | mailbox.connected",
                "subject_kind=mailbox      | mailbox.removed mailbox.changed mailbox.connected",
                "outcome=refused           | mailbox.removed",
                "outcome=failed            | ''",
                "address=127.0.0.1&action=mailbox.r | mailbox.removed",
                "address=198.51.100.200    | ''",
            })
    void byWhatWasDoneWhenceAndHowItEnded(String filter, String actions) {
        assertThat(String.join(" ", found(filter))).isEqualTo(actions);
    }

    @Test
    void byWhatItWasDoneToAndWhatCameOfIt() {
        assertThat(found("subject_id=" + mailbox))
                .containsExactly("mailbox.changed", "mailbox.connected");
    }

    @Test
    void byTime() {
        assertThat(found("action=mailbox&created_after=" + afterwards.plusSeconds(1))).isEmpty();
        assertThat(found("action=mailbox&created_before=" + afterwards.plusSeconds(1))).hasSize(3);
        assertThat(found("action=mailbox&created_before=2020-01-01T00:00:00Z")).isEmpty();
    }

    /** As a form sends them whose fields were left empty. */
    @Test
    void whatIsEmptyIsNotAskedFor() {
        assertThat(found("action=mailbox&actor=&subject_id=&outcome=&address=&created_after="))
                .hasSize(3);
    }

    /** As one whose node was killed. */
    @Test
    void whatCameToNoEndIsUnknown() {
        var entry = new AuditLog(database).begin(somebody(), "test.begun", SOMETHING);
        try {
            assertThat(found("outcome=unknown")).containsExactly("test.begun");
        } finally {
            new AuditLog(database).end(entry, 200, Optional.empty());
        }
        assertThat(found("outcome=unknown")).isEmpty();
    }

    private Actor somebody() {
        return new Actor(workspace, Optional.empty(), "somebody", Optional.empty());
    }

    @Test
    void pagesGoOnWithinTheFilter() {
        var first = owner.get("/audit-log?action=mailbox&limit=2").json();
        var last = first.path("data").get(1).path("id").asText();
        var second = owner.get("/audit-log?action=mailbox&limit=2&after=" + last).json();

        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(actions(second)).containsExactly("mailbox.connected");
        assertThat(second.path("has_more").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "outcome=lost",
                "subject_id=7",
                "actor=a%00b",
                "action=%ED%A0%80%0A",
                "address=%20",
                "created_after=yesterday",
                "created_before=2026-12-24",
            })
    void aFilterThatIsNoneIsNamed(String filter) {
        for (var path : List.of("/audit-log?", "/audit-log.csv?")) {
            var answer = owner.get(path + filter);
            assertThat(answer.status()).as(answer.text()).isEqualTo(422);
            assertThat(answer.json().path("errors").get(0).path("field").asText())
                    .isEqualTo(filter.substring(0, filter.indexOf('=')));
        }
    }

    @Test
    void asAFileForASpreadsheet() {
        var answer = owner.get("/audit-log.csv?subject_id=" + mailbox);
        var lines = answer.text().split("\r\n", -1);

        assertThat(answer.header("Content-Type")).startsWith("text/csv");
        assertThat(answer.header("Content-Disposition")).contains("attachment");
        assertThat(lines).hasSize(4);
        assertThat(lines[0])
                .isEqualTo(
                        "id,at,actor_id,actor,address,action,subject_kind,subject_id,subject,outcome,"
                                + "status");
        assertThat(lines[1])
                .contains("," + bobs + ",127.0.0.1,mailbox.changed,mailbox," + mailbox)
                .endsWith(",/mailboxes/" + mailbox + ",done,200");
        assertThat(lines[2]).contains(",'=owner." + workspace).endsWith(",done,201");
        assertThat(lines[3]).isEmpty();
        assertThat(found("action=audit_log.exported")).isNotEmpty();
    }

    @Test
    void theWholeLogIsInTheFile() {
        var other = NewId.get();
        database.read(handle ->
                handle.execute(
                        """
                        insert into audit_entry (workspace_id, id, actor, action, subject_kind, subject, outcome)
                        select ?, cast(lpad(to_hex(i), 32, '0') as uuid), 'many', 'test.many', 'test',
                               'line' || chr(10) || i, 'done'
                        from generate_series(1, 2500) as i
                        """,
                        workspace));
        var answer = owner.get("/audit-log.csv?actor=many").text();

        assertThat(answer.split("\r\n", -1)).hasSize(2_502);
        assertThat(answer).contains("\"line\n2500\"").contains("\"line\n1\"");
        assertThat(answer).doesNotContain(other.toString());
    }

    @Test
    void membersSeeNeither() {
        for (var path : List.of("/audit-log", "/audit-log.csv")) {
            assertThat(admin.get(path).status()).isEqualTo(200);
            assertThat(member.get(path).status()).isEqualTo(403);
            assertThat(Api.underTest().get(path).status()).isEqualTo(401);
        }
    }

    @Test
    void nobodyFindsAnothersEntries() {
        var stranger =
                Api.underTest()
                        .loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);
        for (var filter : List.of("actor=" + bobs, "subject_id=" + mailbox)) {
            assertThat(actions(stranger.get("/audit-log?" + filter).json())).isEmpty();
            assertThat(stranger.get("/audit-log.csv?" + filter).text().lines()).hasSize(1);
        }
    }

    private List<String> found(String filter) {
        var answer =
                owner.get(
                        "/audit-log?limit=100&"
                                + filter.replace(
                                        "+", URLEncoder.encode("+", StandardCharsets.UTF_8)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return actions(answer.json());
    }

    private static List<String> actions(JsonNode answer) {
        return StreamSupport.stream(answer.path("data").spliterator(), false)
                .map(each -> each.path("action").asText())
                .toList();
    }
}
