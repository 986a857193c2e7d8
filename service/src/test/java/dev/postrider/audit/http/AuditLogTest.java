package dev.postrider.audit.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaMethod;
import dev.postrider.architecture.ProgramClasses;
import dev.postrider.audit.Audited;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is done without its entry, whatever happens in between. */
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one login is enough
final class AuditLogTest {
    private static final Map<Class<? extends Annotation>, String> METHODS =
            Map.of(
                    GET.class,
                    "GET",
                    POST.class,
                    "POST",
                    PATCH.class,
                    "PATCH",
                    DELETE.class,
                    "DELETE");

    private final Database database;
    private final Api owner =
            Api.underTest().loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);

    @Inject
    AuditLogTest(Database database) {
        this.database = database;
    }

    @Test
    void itSaysWhoDidWhatFromWhereAndWhatBecameOfIt() {
        var id = user();
        assertThat(owner.delete("/users/" + id).status()).isEqualTo(200);
        assertThat(owner.delete("/users/" + id).status()).isEqualTo(404);

        var entries = latest(3);
        assertEntry(entries.get(0), "user.removed", id, "refused", 404);
        assertEntry(entries.get(1), "user.removed", id, "done", 200);
        assertEntry(entries.get(2), "user.created", id, "done", 201);
        assertThat(entries.get(2).path("subject").asText()).isEqualTo("/users/" + id);
        assertThat(entries)
                .allSatisfy(entry -> {
                    assertThat(entry.path("actor").asText()).isEqualTo(TestEnvironment.ADMIN_EMAIL);
                    assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
                });
        var older = owner.get("/audit-log?after=" + entries.get(2).path("id").asText());
        assertThat(older.json().path("data")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.1, 203.0.113.7 | 203.0.113.7",
                "203.0.113.7, junk         | 127.0.0.1",
                "%00;drop table            | 127.0.0.1",
            })
    void behindAProxyItSaysWhereTheClientIs(String forwarded, String address) {
        var answer =
                owner.send(
                        owner.request("/users")
                                .header("Content-Type", "application/json")
                                .header("X-Forwarded-For", forwarded)
                                .header("X-Forwarded-Proto", "https")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"email\": \"%s@example.org\"}"
                                                        .formatted(UUID.randomUUID()))));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.header("Location")).startsWith("https://");
        assertThat(latest(1).getFirst().path("address").asText()).isEqualTo(address);
    }

    @Test
    void aWrongPasswordIsAnEntryOfItsUser() {
        Api.underTest().logIn(TestEnvironment.ADMIN_EMAIL, "wrong");
        var entry = latest(1).getFirst();
        assertThat(entry.path("action").asText()).isEqualTo("session.refused");
        assertThat(entry.path("outcome").asText()).isEqualTo("refused");
    }

    @Test
    void whoReadsTheLogOrTakesMailAwayIsInItToo() {
        var admin = admin();
        for (var i = 0; i < 3; i++) {
            assertThat(admin.get("/audit-log?limit=1").status()).isEqualTo(200);
        }
        var reads = admin.get("/audit-log?action=audit_log&actor=" + me(admin)).json();
        assertThat(reads.path("data")).hasSize(1);
        assertThat(reads.path("data").get(0).path("outcome").asText()).isEqualTo("done");
        var late = admin();
        refusing("audit_entry", () -> assertThat(late.get("/audit-log").status()).isEqualTo(503));

        var email = UUID.randomUUID().toString();
        owner.get("/emails/" + email + "/raw");
        assertEntry(latest(1).getFirst(), "email.exported", email, "refused", 404);
    }

    @Test
    void whoReadsWhatSomebodyElseWroteIsInItOnceAnHour() {
        var ann = member();
        var email = "/emails/" + email(ann);
        assertThat(ann.get(email).status()).isEqualTo(200);
        refusing("audit_entry", () -> assertThat(owner.get(email).status()).isEqualTo(503));
        for (var i = 0; i < 3; i++) {
            assertThat(owner.get(email).status()).isEqualTo(200);
        }
        var entries = latest(2);
        assertThat(entries.get(0).path("action").asText()).isEqualTo("email.read");
        assertThat(entries.get(0).path("subject").asText()).isEqualTo(email);
        assertThat(entries.get(1).path("action").asText()).isNotEqualTo("email.read");
    }

    @Test
    void whoFollowsALinkToAFileIsInItAsWhoeverGotTheLink() {
        var ann = member();
        var email = email(ann);
        var file = ann.get("/emails/" + email + "/attachments").json().path("data").get(0);
        var link = file.path("download_url").asText();
        var path = link.substring(link.indexOf("/attachments/download"));
        refusing(
                "audit_entry", () -> assertThat(Api.underTest().get(path).status()).isEqualTo(503));
        assertThat(Api.underTest().get(path).text()).isEqualTo("the file");
        var entry = latest(1).getFirst();
        assertThat(entry.path("action").asText()).isEqualTo("email.exported");
        assertThat(entry.path("subject_id").asText()).isEqualTo(email);
        assertThat(entry.path("actor").asText()).startsWith("ann-");
        assertThat(entry.path("subject").asText()).endsWith("by a link");
    }

    private static String me(Api user) {
        return user.get("/me").json().path("id").asText();
    }

    private Api member() {
        return user("member");
    }

    private Api admin() {
        return user("admin");
    }

    private Api user(String role) {
        var name = "ann-" + UUID.randomUUID() + "@example.org";
        owner.post(
                "/users",
                "{\"email\": \"%s\", \"password\": \"correct horse\", \"role\": \"%s\"}"
                        .formatted(name, role));
        return Api.underTest().loggedIn(name, "correct horse");
    }

    /** Sends one with a file through a sandbox; returns its id. */
    private static String email(Api sender) {
        var address = UUID.randomUUID() + "@example.org";
        sender.post(
                "/mailboxes",
                "{\"address\": \"%s\", \"provider\": \"sandbox\"}".formatted(address));
        var sent =
                sender.post(
                        "/emails",
                        """
                        {"from": "%s", "to": "bob@example.org", "subject": "s", "text": "t",
                         "attachments": [{"filename": "f", "content": "the file", "encoding": "text"}]}
                        """
                                .formatted(address));
        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        return sent.json().path("id").asText();
    }

    /** Its outcome can't be written any more: as if the node was killed after the change. */
    @Test
    void whatWasDoneWhenANodeDiesHasItsEntry() {
        refusing("audit_outcome", () -> user());
        var entry = latest(1).getFirst();
        assertThat(entry.path("action").asText()).isEqualTo("user.created");
        assertThat(entry.path("outcome").asText()).isEqualTo("unknown");
        assertThat(entry.has("status")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("audited")
    void whatTheLogCannotTakeIsNotDone(JavaMethod operation) {
        refusing(
                "audit_entry",
                () -> {
                    var answer =
                            owner.send(
                                    owner.request(path(operation))
                                            .header("Content-Type", "application/json")
                                            .method(
                                                    verb(operation),
                                                    BodyPublishers.ofString("{}")));
                    assertThat(answer.status()).isEqualTo(503);
                });
    }

    @Test
    void norIsAnyoneLetInWhoseEntryIsRefused() {
        var sessions = sessions();
        refusing(
                "audit_entry",
                () ->
                        assertThat(
                                        Api.underTest()
                                                .logIn(
                                                        TestEnvironment.ADMIN_EMAIL,
                                                        TestEnvironment.ADMIN_PASSWORD)
                                                .status())
                                .isEqualTo(503));
        assertThat(sessions()).isEqualTo(sessions);
    }

    static Stream<JavaMethod> audited() {
        return ProgramClasses.all().stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Audited.class));
    }

    private static String path(JavaMethod operation) {
        var own =
                operation.isAnnotatedWith(Path.class)
                        ? operation.getAnnotationOfType(Path.class).value()
                        : "";
        return (operation.getOwner().getAnnotationOfType(Path.class).value() + own)
                .replaceAll("\\{[^}]*\\}", UUID.randomUUID().toString());
    }

    private static String verb(JavaMethod operation) {
        return METHODS.entrySet().stream()
                .filter(method -> operation.isAnnotatedWith(method.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    /** As a database does whose disk is full. */
    private void refusing(String table, Runnable work) {
        database.read(handle ->
                handle.execute(
                        """
                        create function refuse_entry() returns trigger language plpgsql as
                        $$ begin raise exception 'full' using errcode = 'disk_full'; end $$;
                        create trigger refuse_entry before insert on %s
                        for each statement execute function refuse_entry();
                        """
                                .formatted(table)));
        try {
            work.run();
        } finally {
            database.read(handle -> handle.execute("drop function refuse_entry() cascade"));
        }
    }

    private long sessions() {
        return database.read(handle ->
                handle.createQuery("select count(*) from session").mapTo(Long.class).one());
    }

    /** Makes a user and returns their id. */
    private String user() {
        var body = "{\"email\": \"%s@example.org\"}".formatted(UUID.randomUUID());
        var made = owner.post("/users", body);
        assertThat(made.status()).isEqualTo(201);
        return made.json().path("id").asText();
    }

    /** The newest entries, but for those of looking for them. */
    private List<JsonNode> latest(int count) {
        return StreamSupport.stream(
                        owner.get("/audit-log?limit=100").json().path("data").spliterator(), false)
                .filter(entry -> !entry.path("action").asText().equals("audit_log.read"))
                .limit(count)
                .toList();
    }

    private static void assertEntry(
            JsonNode entry, String action, String id, String outcome, int status) {
        assertThat(entry.path("action").asText()).isEqualTo(action);
        assertThat(entry.path("subject_id").asText()).isEqualTo(id);
        assertThat(entry.path("outcome").asText()).isEqualTo(outcome);
        assertThat(entry.path("status").asInt()).isEqualTo(status);
    }
}
