package dev.postrider.testkit.provider.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.testkit.provider.Client.Answer;
import dev.postrider.testkit.provider.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GmailReadTest {
    private static final String ADA = "ada@example.com";
    private static final String ME = "/gmail/v1/users/me";
    private static final String HELLO =
            "To: bob@example.com\r\nSubject: Hello\r\nX-Attempt: 1\r\n\r\nText\r\n";

    private FakeGoogle google;
    private GoogleClient client;

    @BeforeAll
    void start() throws IOException {
        google = FakeGoogle.start();
        client = GoogleClient.of(google);
    }

    @AfterAll
    void stop() {
        google.close();
    }

    @BeforeEach
    void empty() {
        google.mailboxes().clear();
    }

    private Answer get(String token, String path) throws IOException, InterruptedException {
        return client.http().get(ME + path, token);
    }

    @ParameterizedTest
    @CsvSource({
        "gmail.send,            403, 403, 403, 403, 403",
        "gmail.compose,         403, 403, 200, 200, 403",
        "gmail.metadata,        200, 404, 403, 200, 403",
        "gmail.readonly,        200, 404, 200, 200, 200",
        "gmail.modify,          200, 404, 200, 200, 200",
        "gmail.settings.basic,  403, 403, 403, 403, 200",
        "https://mail.google.com/, 200, 404, 200, 200, 200",
    })
    void aScopeAllowsWhatItAllows(
            String scope, int list, int get, int drafts, int profile, int sendAs) throws Exception {
        String token = client.accessToken(ADA, scope);
        assertThat(get(token, "/messages?labelIds=SENT").status()).isEqualTo(list);
        assertThat(get(token, "/messages/none?format=metadata").status()).isEqualTo(get);
        assertThat(get(token, "/drafts").status()).isEqualTo(drafts);
        assertThat(get(token, "/profile").status()).isEqualTo(profile);
        assertThat(get(token, "/settings/sendAs").status()).isEqualTo(sendAs);
    }

    @Test
    void aListByLabelHasItAtOnce() throws Exception {
        String token = client.accessToken(ADA, "gmail.send gmail.metadata");
        client.send(token, HELLO);
        String id = client.send(token, HELLO).text("id");
        Answer list = get(token, "/messages?labelIds=SENT&maxResults=1");
        assertThat(list.json().path("messages")).hasSize(1);
        assertThat(list.json().path("messages").path(0).path("id").asText()).isEqualTo(id);
        Answer next = get(token, "/messages?labelIds=SENT&pageToken=" + list.text("nextPageToken"));
        assertThat(next.json().path("messages")).hasSize(1);

        Answer found = get(token, "/messages/" + id + "?format=metadata&metadataHeaders=x-attempt");
        assertThat(found.json().path("payload").path("headers").toString())
                .isEqualTo("[{\"name\":\"X-Attempt\",\"value\":\"1\"}]");
        assertThat(get(token, "/messages/" + id + "?format=full").status()).isEqualTo(403);
        assertThat(get(token, "/messages?q=in:sent").status()).isEqualTo(403);
    }

    @Test
    void aSearchLags() throws Exception {
        String token = client.accessToken(ADA, "gmail.modify");
        client.send(token, HELLO);
        String id = google.sent(ADA).getFirst().messageId().replaceAll("[<>]", "");
        String search = "/messages?q=rfc822msgid:" + id;
        assertThat(get(token, search).json().path("messages")).isEmpty();
        google.clock().advance(Duration.ofSeconds(10));
        assertThat(get(token, search).json().path("messages")).hasSize(1);
        assertThat(get(token, search + "x").json().path("messages")).isEmpty();
        assertThat(get(token, "/messages?q=in:sent%20subject:hello").json().path("messages"))
                .hasSize(1);
    }

    @Test
    void aDraftThatIsSentIsGone() throws Exception {
        String token = client.accessToken(ADA, "gmail.compose");
        var message =
                Json.object()
                        .put(
                                "raw",
                                Base64.getUrlEncoder()
                                        .encodeToString(HELLO.getBytes(StandardCharsets.UTF_8)));
        var body = Json.object();
        body.set("message", message);
        Answer draft = post(token, "/drafts", Json.octets(body));
        String id = draft.text("id");
        assertThat(draft.json().path("message").path("labelIds").path(0).asText())
                .isEqualTo("DRAFT");
        assertThat(get(token, "/drafts/" + id).status()).isEqualTo(200);
        assertThat(google.sent(ADA)).isEmpty();

        Answer sent = post(token, "/drafts/send", Json.octets(Json.object().put("id", id)));
        assertThat(sent.status()).isEqualTo(200);
        assertThat(sent.text("id")).isNotEqualTo(draft.json().path("message").path("id").asText());
        assertThat(get(token, "/drafts/" + id).status()).isEqualTo(404);
        assertThat(google.sent(ADA)).hasSize(1);
        assertThat(post(token, "/drafts/send", Json.octets(Json.object().put("id", id))).status())
                .isEqualTo(404);
    }

    private Answer post(String token, String path, byte[] body)
            throws IOException, InterruptedException {
        return client.http().post(ME + path, token, "application/json", body);
    }
}
