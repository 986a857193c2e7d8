package dev.postrider.mailbox.http;

import static dev.postrider.http.Api.assertProblem;
import static dev.postrider.mailbox.http.MailboxApi.assertFields;
import static dev.postrider.mailbox.http.MailboxApi.sandbox;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.mailbox.Mailboxes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one login is enough
final class MailboxesEndpointTest {
    private final MailboxApi api;

    @Inject
    MailboxesEndpointTest(Mailboxes mailboxes) {
        this.api = new MailboxApi(mailboxes);
    }

    @BeforeEach
    void removeAll() {
        api.removeAll();
    }

    @Test
    void whoHasNoTokenGetsNothing() {
        var id = UUID.randomUUID();
        assertProblem(
                api.anyone().post("/mailboxes", sandbox("a@example.org")), 401, "missing_token");
        assertProblem(api.anyone().get("/mailboxes"), 401, "missing_token");
        assertProblem(api.anyone().get("/mailboxes/" + id), 401, "missing_token");
        assertProblem(api.anyone().delete("/mailboxes/" + id), 401, "missing_token");
        assertProblem(api.anyone().get("/mailboxes/" + id + "/sandbox"), 401, "missing_token");
        assertProblem(
                api.anyone().get("/mailboxes/" + id + "/sandbox/" + id), 401, "missing_token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"00000000-0000-7000-8000-000000000000", "1-1-1-1-1", "ann", "%00", "%F0%9F"})
    void anIdThatIsNoMailboxIsNotFound(String id) {
        var path = "/mailboxes/" + id;
        assertProblem(api.get(path), 404, "not_found");
        assertProblem(api.delete(path), 404, "not_found");
        assertProblem(api.patch(path, "{}"), 404, "not_found");
        assertProblem(api.get(path + "/sandbox"), 404, "not_found");
        assertProblem(api.get(path + "/sandbox/" + id), 404, "not_found");
    }

    @Test
    void aRemovedMailboxIsGone() {
        var path = "/mailboxes/" + api.connect(sandbox("a@example.org")).json().path("id").asText();
        assertFields(api.delete(path + "?force=perhaps"), "force");
        var removed = api.delete(path);
        assertThat(removed.status()).isEqualTo(200);
        assertThat(removed.json().path("object").asText()).isEqualTo("mailbox");
        assertThat(removed.json().path("deleted").asBoolean()).isTrue();
        assertProblem(api.get(path), 404, "not_found");
        assertProblem(api.delete(path), 404, "not_found");
    }

    @Test
    void listsComeInPagesNewestFirst() {
        var ids = new ArrayList<String>();
        for (var name : List.of("a", "b", "c")) {
            ids.addFirst(api.connect(sandbox(name + "@example.org")).json().path("id").asText());
        }
        var first = api.get("/mailboxes?limit=2").json();
        assertThat(first.path("object").asText()).isEqualTo("list");
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(idsOf(first)).isEqualTo(ids.subList(0, 2));
        var second = api.get("/mailboxes?limit=2&after=" + ids.get(1)).json();
        assertThat(second.path("has_more").asBoolean()).isFalse();
        assertThat(idsOf(second)).isEqualTo(ids.subList(2, 3));
        assertThat(idsOf(api.get("/mailboxes?before=" + ids.get(1)).json()))
                .isEqualTo(ids.subList(0, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,            limit",
        "limit=101,          limit",
        "limit=x,            limit",
        "limit=99999999999,  limit",
        "after=x,            after",
        "before=1-1-1-1-1,   before",
        "after=00000000-0000-7000-8000-000000000000&before=00000000-0000-7000-8000-000000000000,"
                + " before",
    })
    void aPageThatCantBeIsRefused(String query, String field) {
        assertFields(api.get("/mailboxes?" + query), field);
        var mailbox = api.connect(sandbox("a@example.org")).json().path("id").asText();
        assertFields(api.get("/mailboxes/" + mailbox + "/sandbox?" + query), field);
    }

    @Test
    void theApiDescribesEachOperationAndItsErrors() {
        var paths = api.get("/openapi.json").json().path("paths");
        var operations =
                List.of(
                        paths.path("/mailboxes").path("post"),
                        paths.path("/mailboxes").path("get"),
                        paths.path("/mailboxes/{id}").path("get"),
                        paths.path("/mailboxes/{id}").path("patch"),
                        paths.path("/mailboxes/{id}").path("delete"),
                        paths.path("/mailboxes/{id}/sandbox").path("get"),
                        paths.path("/mailboxes/{id}/sandbox/{message_id}").path("get"));
        assertThat(operations)
                .allSatisfy(operation -> {
                    assertThat(operation.path("summary").asText()).isNotEmpty();
                    assertThat(operation.path("responses").path("401").isMissingNode()).isFalse();
                    assertThat(operation.path("responses").toString()).contains("Problem");
                });
    }

    private static List<String> idsOf(JsonNode list) {
        var ids = new ArrayList<String>();
        list.path("data").forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }
}
