package dev.postrider.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.AnyInput;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.http.Description;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent to it, an operation answers as it is described, and never that it is the
 * program's own fault.
 */
@QuarkusTest
final class AnyInputTest {
    private static final String PASSWORD = "correct horse battery staple";
    private static final int CALLS_EACH = 60;
    private static final long SEED = 20_261_122;

    /** Wrong passwords make all that come from the same address wait, other tests too. */
    private static final Set<String> SLOWED_DOWN = Set.of("/token", "/token/revoke", "/password");

    private final Database database;
    private final Users users;
    private final Description description = new Description();
    private final AnyInput any = new AnyInput(description.document(), new Random(SEED));
    private final List<String> wrong = new ArrayList<>();

    AnyInputTest(Database database, Users users) {
        this.database = database;
        this.users = users;
    }

    @Test
    void eachAnswerIsOneOfThoseDescribed() {
        var owner = owner();
        know(owner.post("/mailboxes", mailbox("any@example.org")));
        know(owner.post("/mailboxes", mailbox("other@example.org")));

        for (var i = 0; i < CALLS_EACH; i++) {
            for (var path : description.document().path("paths").properties()) {
                for (var operation : path.getValue().properties()) {
                    if (!SLOWED_DOWN.contains(path.getKey()) && goesOn(path.getKey(), operation)) {
                        call(owner, operation.getKey(), path.getKey(), operation.getValue());
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    /** What takes away what the others work with is tried seldom, and the caller stays. */
    private boolean goesOn(String path, Map.Entry<String, JsonNode> operation) {
        var isRead = operation.getKey().equals("get") || operation.getKey().equals("post");
        return !path.startsWith("/users/{id}") && (isRead || any.oneIn(3));
    }

    private void call(Api owner, String method, String path, JsonNode operation) {
        var url = path;
        while (url.contains("{")) {
            url = url.replaceFirst("\\{[^}]*}", any.pathPart().replace("$", "%24"));
        }
        var target = url + any.query(operation.path("parameters"));
        var content = operation.path("requestBody").path("content");
        var body = content.isEmpty() ? "" : any.json(content.iterator().next().path("schema"));
        var request =
                owner.request(target).method(method.toUpperCase(Locale.ROOT), publisher(body));
        if (!content.isEmpty()) {
            request.header("Content-Type", content.fieldNames().next());
        }
        if (path.equals("/smtp/send-email")) {
            request.header("Prefer", "wait=1");
        }
        var answer = owner.send(request);
        know(answer);
        try {
            check(method + " " + path, answer);
        } catch (AssertionError e) {
            wrong.add(
                    method
                            + " "
                            + target
                            + " "
                            + body.substring(0, Math.min(body.length(), 200))
                            + ": "
                            + e.getMessage());
        }
    }

    private static BodyPublisher publisher(String body) {
        return body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    }

    private void check(String operation, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isLessThan(500);
        if (answer.header("Content-Type").startsWith("application/json")) {
            description.assertMatches(operation, answer);
        }
    }

    private void know(Answer answer) {
        if (answer.status() < 300
                && answer.header("Content-Type").startsWith("application/json")
                && answer.json().path("id").isTextual()) {
            any.know(answer.json().path("id").asText());
        }
    }

    private static String mailbox(String address) {
        return "{\"address\": \"%s\", \"provider\": \"sandbox\"}".formatted(address);
    }

    /** Of a workspace of its own, so that no other test meets what is made here. */
    private Api owner() {
        var workspace = NewId.get();
        database.read(handle ->
                handle.execute(
                        "insert into workspace (id, name) values (?, 'Any input')", workspace));
        var email = "owner." + workspace + "@example.org";
        assertThat(users.create(workspace, email, Role.OWNER, Optional.of(PASSWORD)))
                .isInstanceOf(Users.Creation.Done.class);
        return Api.underTest().loggedIn(email, PASSWORD);
    }
}
