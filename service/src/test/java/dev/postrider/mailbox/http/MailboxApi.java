package dev.postrider.mailbox.http;

import static dev.postrider.http.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.UUID;

/** {@code /mailboxes} of a running program, as its first user. */
public final class MailboxApi {
    static final String PASSWORD = "Blaubeerkuchen-um-vier";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Api anyone = Api.underTest();
    private final Mailboxes mailboxes;
    private final Api api;

    /**
     * @param mailboxes the program's, for what only the flow does
     */
    public MailboxApi(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
        this.api = anyone.loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);
    }

    Api anyone() {
        return anyone;
    }

    public Mailboxes mailboxes() {
        return mailboxes;
    }

    public void removeAll() {
        for (var mailbox : get("/mailboxes?limit=100").json().path("data")) {
            assertThat(delete("/mailboxes/" + mailbox.path("id").asText()).status()).isEqualTo(200);
        }
    }

    public Answer get(String path) {
        return api.get(path);
    }

    Answer delete(String path) {
        return api.delete(path);
    }

    public HttpRequest.Builder request(String path) {
        return api.request(path);
    }

    public Answer send(HttpRequest.Builder request) {
        return api.send(request);
    }

    public Answer connect(String body) {
        return api.post("/mailboxes", body);
    }

    Answer patch(JsonNode mailbox, String body) {
        return patch("/mailboxes/" + mailbox.path("id").asText(), body);
    }

    Answer patch(String path, String body) {
        return api.patch(path, body);
    }

    /** A connected mailbox with a server and a password. */
    JsonNode smtp() {
        var server = "{'host': '127.0.0.1', 'port': 2525, 'password': '%s'}".formatted(PASSWORD);
        var answer = connect(request("a@example.org", server));
        assertThat(answer.status()).isEqualTo(201);
        return answer.json();
    }

    /** The mailbox that an answer shows. */
    public Mailbox find(JsonNode mailbox) {
        return mailboxes
                .find(workspaceId(), UUID.fromString(mailbox.path("id").asText()))
                .orElseThrow();
    }

    private UUID workspaceId() {
        return UUID.fromString(api.get("/workspace").json().path("id").asText());
    }

    public static String sandbox(String address) {
        return "{\"address\": \"%s\", \"provider\": \"sandbox\"}".formatted(address);
    }

    /**
     * A request for a mailbox with a server.
     *
     * @param smtp JSON with single quotes
     */
    public static String request(String address, String smtp) {
        return "{\"address\": \"%s\", \"provider\": \"smtp\", \"smtp\": %s}"
                .formatted(address, smtp.replace('\'', '"'));
    }

    /**
     * Reads JSON.
     *
     * @param text may have single quotes for double ones
     */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void assertFields(Answer answer, String fields) {
        assertProblem(answer, 422, "invalid_input");
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactlyInAnyOrder(fields.split(" "));
    }
}
