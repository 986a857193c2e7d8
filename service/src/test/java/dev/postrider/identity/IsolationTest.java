package dev.postrider.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Every operation of the API's own description that takes an id is called with somebody else's, by
 * everybody who must not: never anything but 403 or 404, never a trace of what is behind it. An
 * operation without a row in {@link #rows} fails.
 */
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one set of tenants is enough
final class IsolationTest {
    private static final String PASSWORD = "eine lange Leiter";
    private static final String MARK = "q7x-only-anns";

    /** A ticket is sealed anew for each answer. */
    private static final Pattern NEW_EACH_TIME =
            Pattern.compile("\\?ticket=[^\"]+|\"expires_at\":\"[^\"]+\"");

    private final Database database;
    private final Users users;
    private Api owner = Api.underTest();
    private Api ann = Api.underTest();

    /** Who must not. */
    private final Map<String, Api> intruders = new TreeMap<>();

    /** What is Ann's, by the name of the path's parameter with what stands before it. */
    private final Map<String, String> ids = new TreeMap<>();

    @Inject
    IsolationTest(Database database, Users users) {
        this.database = database;
        this.users = users;
    }

    /** What each operation is called with: its body, empty for none. */
    private static Map<String, String> rows() {
        return Map.ofEntries(
                Map.entry("GET /mailboxes/{id}", ""),
                Map.entry("PATCH /mailboxes/{id}", "{\"display_name\": \"Mallory\"}"),
                Map.entry("DELETE /mailboxes/{id}", ""),
                Map.entry("POST /mailboxes/{id}/verify", ""),
                Map.entry("GET /mailboxes/{id}/sandbox", ""),
                Map.entry("GET /mailboxes/{id}/sandbox/{message_id}", ""),
                Map.entry("GET /mailboxes/{id}/sandbox/{message_id}/content", ""),
                Map.entry("GET /domains/{id}", ""),
                Map.entry("GET /connect-links/{id}", ""),
                Map.entry("DELETE /connect-links/{id}", ""),
                Map.entry("GET /webhooks/{id}", ""),
                Map.entry("PATCH /webhooks/{id}", "{\"status\": \"disabled\"}"),
                Map.entry("DELETE /webhooks/{id}", ""),
                Map.entry("POST /webhooks/{id}/secret", "{}"),
                Map.entry("DELETE /webhooks/{id}/secret/previous", ""),
                Map.entry(
                        "POST /webhooks/{id}/replay",
                        "{\"created_after\": \"2026-01-01T00:00:00Z\", \"states\": [\"delivered\"]}"),
                Map.entry("GET /webhooks/{id}/deliveries", ""),
                Map.entry("GET /webhooks/{id}/deliveries/{event_id}", ""),
                Map.entry("POST /webhooks/{id}/deliveries/{event_id}/replay", ""),
                Map.entry("GET /users/{id}", ""),
                Map.entry("PATCH /users/{id}", "{\"active\": false}"),
                Map.entry("DELETE /users/{id}", ""),
                Map.entry("POST /users/{id}/password-ticket", ""),
                Map.entry("GET /api-keys/{id}", ""),
                Map.entry("DELETE /api-keys/{id}", ""),
                Map.entry("PATCH /api-keys/{id}", "{\"name\": \"theirs\"}"),
                Map.entry("GET /emails/{id}", ""),
                Map.entry("PATCH /emails/{id}", "{\"scheduled_at\": \"in 1 hour\"}"),
                Map.entry("POST /emails/{id}/cancel", ""),
                Map.entry("POST /emails/{id}/retry", ""),
                Map.entry("GET /emails/{id}/raw", ""),
                Map.entry("GET /emails/{id}/deliveries", ""),
                Map.entry("GET /emails/{id}/attachments", ""),
                Map.entry("GET /emails/{id}/attachments/{attachment}", ""),
                Map.entry("GET /emails/{id}/attachments/{attachment}/content", ""));
    }

    @BeforeAll
    void tenants() {
        var home = workspace();
        var abroad = workspace();
        owner = user(home, "owner." + MARK, Role.OWNER);
        ann = user(home, "ann." + MARK, Role.MEMBER);
        intruders.put("the owner of another workspace", user(abroad, "stranger", Role.OWNER));
        intruders.put("another member", user(home, "bob", Role.MEMBER));
        ids.put("/mailboxes/{id}", made(ann, "/mailboxes", mailbox()));
        var domains = ann.get("/domains").json();
        ids.put("/domains/{id}", domains.path("data").get(0).path("id").asText());
        ids.put("/connect-links/{id}", made(ann, "/connect-links", link()));
        ids.put("/webhooks/{id}", made(owner, "/webhooks", webhook()));
        ids.put("/users/{id}", ann.get("/me").json().path("id").asText());
        ids.put("/api-keys/{id}", made(ann, "/api-keys", "{\"name\": \"%s\"}".formatted(MARK)));
        var sent = ann.post("/smtp/send-email", email());
        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        var kept = ann.get("/mailboxes/" + ids.get("/mailboxes/{id}") + "/sandbox").json();
        ids.put("/sandbox/{message_id}", kept.path("data").get(0).path("id").asText());
        var queued = ann.post("/emails", emailWithAttachment());
        assertThat(queued.status()).as(queued.text()).isEqualTo(200);
        ids.put("/emails/{id}", queued.json().path("id").asText());
        var attachments = ann.get("/emails/" + ids.get("/emails/{id}") + "/attachments").json();
        ids.put("/deliveries/{event_id}", told(home).toString());
        ids.put("/attachments/{attachment}", attachments.path("data").get(0).path("id").asText());
        keys(home);
    }

    /** An event of Ann's email that her workspace's webhook has taken. */
    private UUID told(UUID workspace) {
        var id = NewId.get();
        database.inTransaction(handle -> {
            handle.execute(
                    """
                    insert into event (workspace_id, id, type, email_id, data)
                    values (?, ?, 'email.failed', ?, jsonb_build_object('subject', cast(? as text)))
                    """,
                    workspace,
                    id,
                    UUID.fromString(ids.get("/emails/{id}")),
                    MARK);
            return handle.execute(
                    """
                    insert into delivery (workspace_id, webhook_id, event_id, state, attempts)
                    values (?, ?, ?, 'delivered', 1)
                    """,
                    workspace,
                    UUID.fromString(ids.get("/webhooks/{id}")),
                    id);
        });
        return id;
    }

    /**
     * Keys with limits, of somebody who may see all of Ann's: the limits are what keeps them out.
     */
    private void keys(UUID home) {
        var other =
                made(
                        owner,
                        "/mailboxes",
                        "{\"address\": \"%s@example.org\", \"provider\": \"sandbox\"}"
                                .formatted(home));
        intruders.put("a key that only sends", key("\"permission\": \"sending_access\""));
        intruders.put("a key of another mailbox", key("\"mailbox_id\": \"%s\"".formatted(other)));
    }

    private Api key(String limit) {
        var answer = owner.post("/api-keys", "{\"name\": \"limited\", %s}".formatted(limit));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return Api.underTest().with(answer.json().path("token").asText());
    }

    @Test
    void everyOperationThatTakesAnIdHasARow() {
        var described = new TreeSet<String>();
        operations().stream().filter(each -> each.contains("{")).forEach(described::add);
        assertThat(described).isEqualTo(new TreeSet<>(rows().keySet()));
    }

    @Test
    void nobodyElseGetsAnythingOutOfThem() {
        var before = everythingOfAnns();
        for (var intruder : intruders.entrySet()) {
            rows().forEach((operation, body) -> {
                var answer = call(intruder.getValue(), operation, body);
                var what = intruder.getKey() + ": " + operation + " answered " + answer.text();
                // a key that may not do such a thing at all is told so with 401, as SDKs know it
                if (!answer.json().path("code").asText().equals("restricted_api_key")) {
                    assertThat(answer.status()).as(what).isIn(403, 404);
                }
                assertThat(answer.text()).as(what).doesNotContain(MARK);
                assertThat(answer.text()).as(what).doesNotContain(ids.values());
            });
        }
        assertThat(everythingOfAnns()).as("nothing has changed either").isEqualTo(before);
    }

    /** These name what they change in their bodies. */
    @Test
    void nobodyElseChangesManyOfThem() {
        var before = everythingOfAnns();
        var body =
                "{\"ids\": [\"%s\"], \"mailbox_id\": \"%s\"}"
                        .formatted(ids.get("/emails/{id}"), ids.get("/mailboxes/{id}"));
        for (var intruder : intruders.entrySet()) {
            for (var act : List.of("retry", "cancel", "move")) {
                var answer = intruder.getValue().post("/emails/" + act, body);
                var what = intruder.getKey() + ": " + act + " answered " + answer.text();
                assertThat(answer.status()).as(what).isIn(200, 401, 403, 422);
                assertThat(answer.json().path("done").asInt()).as(what).isZero();
                assertThat(answer.text()).as(what).doesNotContain(MARK);
            }
        }
        assertThat(everythingOfAnns()).as("nothing has changed").isEqualTo(before);
    }

    /** A row that asks for nothing would prove nothing. */
    @Test
    void whoMayGetsSomethingOutOfThem() {
        rows().keySet().stream()
                .filter(operation -> operation.startsWith("GET"))
                .forEach(operation -> {
                    var answer = call(owner, operation, "");
                    assertThat(answer.status()).as(operation).isEqualTo(200);
                    assertThat(answer.text()).as(operation).contains(MARK);
                });
    }

    @Test
    void listsOfAnotherWorkspaceShowNothingOfThisOne() {
        var stranger = intruders.get("the owner of another workspace");
        operations().stream()
                .filter(each -> each.startsWith("GET ") && !each.contains("{"))
                .forEach(operation -> {
                    var text = call(Objects.requireNonNull(stranger), operation, "").text();
                    assertThat(text).as(operation).doesNotContain(MARK);
                    // the audit log has what the stranger asked for, in their own words
                    if (!operation.startsWith("GET /audit-log")) {
                        assertThat(text).as(operation).doesNotContain(ids.values());
                    }
                });
    }

    /** Its settings have no id in their path: everybody has their own. */
    @Test
    void nobodyElseChangesAWorkspacesSettings() {
        var before = owner.get("/workspace").text();
        var changes =
                List.of(
                        "{\"name\": \"Mallory's\"}",
                        "{\"return_urls\": [\"https://evil.example\"]}",
                        "{\"notification_mailbox_id\": \"%s\"}"
                                .formatted(ids.get("/mailboxes/{id}")));
        intruders.forEach((who, intruder) -> {
            for (var change : changes) {
                var answer = intruder.patch("/workspace", change);
                assertThat(answer.text()).as(who + ": " + change).doesNotContain(MARK);
                var isTheirs = who.equals("the owner of another workspace");
                if (!isTheirs || change.contains("mailbox")) {
                    assertThat(answer.status()).as(who + ": " + change).isIn(401, 403, 422);
                }
            }
        });
        assertThat(owner.get("/workspace").text()).isEqualTo(before);
    }

    /** As {@code GET /mailboxes/{id}}. */
    private static List<String> operations() {
        var operations = new ArrayList<String>();
        Api.underTest()
                .get("/openapi.json")
                .json()
                .path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .fieldNames()
                                .forEachRemaining(method ->
                                        operations.add(
                                                method.toUpperCase(Locale.ROOT)
                                                        + " "
                                                        + path.getKey())));
        assertThat(operations).isNotEmpty();
        return operations;
    }

    private Answer call(Api caller, String operation, String body) {
        var method = operation.substring(0, operation.indexOf(' '));
        var path = operation.substring(operation.indexOf(' ') + 1);
        for (var id : ids.entrySet()) {
            var name = id.getKey().substring(id.getKey().lastIndexOf('/') + 1);
            path = path.replace(id.getKey(), id.getKey().replace(name, id.getValue()));
        }
        assertThat(path).doesNotContain("{");
        var request = caller.request(path).header("Content-Type", "application/json");
        return caller.send(
                request.method(
                        method,
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private List<String> everythingOfAnns() {
        return rows().keySet().stream()
                .filter(operation -> operation.startsWith("GET"))
                .sorted()
                .map(operation -> call(owner, operation, "").text())
                .map(text -> NEW_EACH_TIME.matcher(text).replaceAll(""))
                .toList();
    }

    private UUID workspace() {
        var id = NewId.get();
        database.read(handle ->
                handle.execute("insert into workspace (id, name) values (?, 'Test')", id));
        return id;
    }

    private Api user(UUID workspace, String name, Role role) {
        var email = name + "." + workspace + "@example.org";
        assertThat(users.create(workspace, email, role, Optional.of(PASSWORD)))
                .isInstanceOf(Users.Creation.Done.class);
        return Api.underTest().loggedIn(email, PASSWORD);
    }

    private static String made(Api by, String path, String body) {
        var answer = by.post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private static String mailbox() {
        return "{\"address\": \"%1$s@%1$s.example.org\", \"provider\": \"sandbox\"}"
                .formatted(MARK);
    }

    private static String link() {
        return "{\"state\": \"%s\"}".formatted(MARK);
    }

    private static String webhook() {
        return "{\"endpoint\": \"http://127.0.0.1:9/%s\", \"events\": [\"email.failed\"]}"
                .formatted(MARK);
    }

    private static String emailWithAttachment() {
        var content = Base64.getEncoder().encodeToString(MARK.getBytes(UTF_8));
        return ("{\"from\": \"%1$s@%1$s.example.org\", \"to\": \"grace@example.org\", \"subject\": \"%1$s\","
                        + " \"text\": \"Hello\", \"scheduled_at\": \"in 1 day\", \"attachments\":"
                        + " [{\"filename\": \"%1$s.txt\", \"content\": \"%2$s\"}]}")
                .formatted(MARK, content);
    }

    private static String email() {
        return "{\"to\": \"grace@example.org\", \"subject\": \"%s\", \"message\": \"Hello\"}"
                .formatted(MARK);
    }
}
