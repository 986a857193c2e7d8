package dev.postrider.door.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** {@code /emails} of a running program, as its first user mostly, with one sandbox mailbox. */
public final class EmailApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Api api;
    private final String address;
    private final String mailbox;

    public EmailApi(String address) {
        this(
                Api.underTest()
                        .loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD),
                address);
    }

    /** The same as somebody else. */
    public EmailApi(Api api, String address) {
        this.api = api;
        this.address = address;
        var answer =
                api.post(
                        "/mailboxes", "{\"address\":\"" + address + "\",\"provider\":\"sandbox\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        this.mailbox = answer.json().path("id").asText();
    }

    public Api api() {
        return api;
    }

    public String mailbox() {
        return mailbox;
    }

    /**
     * A request for an email from this mailbox.
     *
     * @param more further fields, JSON with single quotes, each followed by a comma
     */
    public String email(String more) {
        return json("{" + more + "'from':'" + address + "','subject':'Hello'}");
    }

    /** The shortest email, to Grace. */
    public String email() {
        return email("'to':'grace@example.org','text':'Hi.',");
    }

    /** JSON with single quotes for double ones. */
    public static String json(String text) {
        return text.replace('\'', '"');
    }

    public static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public Answer post(String body) {
        return api.post("/emails", body);
    }

    /** Posts an email that is kept, and returns its id. */
    public String kept(String body) {
        var answer = post(body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("id").asText();
    }

    /** Posts with a header. */
    public Answer post(String path, String name, String value, String body) {
        return api.send(
                api.request(path)
                        .header("Content-Type", "application/json")
                        .header(name, value)
                        .POST(BodyPublishers.ofString(body)));
    }

    public Answer patch(String path, String body) {
        return api.patch(path, body);
    }

    public JsonNode get(String id) {
        var answer = api.get("/emails/" + id);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /** The email once its worker, in the same program, has sent it. */
    public JsonNode sent(String id) {
        return in("sent", id);
    }

    /** The email once it is in that state; nothing outside the program signals that. */
    public JsonNode in(String state, String id) {
        var end = Instant.now().plus(PATIENCE);
        while (true) {
            var email = get(id);
            if (email.path("state").asText().equals(state)) {
                return email;
            }
            assertThat(Instant.now()).as(email.toString()).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** The message of a sent email, as it is sent. */
    public String raw(String id) {
        return api.get("/emails/" + id + "/raw").text();
    }

    /** Removes the mailbox; what is just being sent is waited for, as the API asks. */
    @Override
    public void close() {
        var end = Instant.now().plus(PATIENCE);
        var answer = api.delete("/mailboxes/" + mailbox + "?force=true");
        while (answer.status() == 409 && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            answer = api.delete("/mailboxes/" + mailbox + "?force=true");
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
