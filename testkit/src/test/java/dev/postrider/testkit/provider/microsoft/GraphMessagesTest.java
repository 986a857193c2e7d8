package dev.postrider.testkit.provider.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.Client;
import dev.postrider.testkit.provider.Client.Answer;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.mail.StoredMessage;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftTenant;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GraphMessagesTest {
    private static final String ADA = "ada@example.com";
    private static final String IMMUTABLE = "IdType=\"ImmutableId\"";
    private static final String HELLO =
            """
            To: bob@example.com\r
            Subject: Hello\r
            Message-ID: <o'ne@example.com>\r
            X-Attempt: 1\r
            \r
            Text\r
            """;

    private FakeMicrosoft microsoft;
    private MicrosoftClient client;
    private String token;

    @BeforeAll
    void start() throws IOException {
        microsoft = FakeMicrosoft.start();
        client = MicrosoftClient.of(microsoft);
        microsoft.tenant("example.com").usersMayConsentTo(MicrosoftTenant.Consent.EVERYTHING);
    }

    @AfterAll
    void stop() {
        microsoft.close();
    }

    @BeforeEach
    void empty() throws Exception {
        microsoft.mailboxes().clear();
        microsoft.clock().standStill(microsoft.clock().instant());
        token = client.accessToken(ADA, MicrosoftClient.SEND + " Mail.ReadWrite");
    }

    private Answer get(String path, String... headers) throws IOException, InterruptedException {
        return client.http().get("/v1.0/me" + path, token, headers);
    }

    private Answer post(String path, ObjectNode body) throws IOException, InterruptedException {
        return client.http().post("/v1.0/me" + path, token, "application/json", Json.octets(body));
    }

    private static ObjectNode message() {
        ObjectNode message = Json.object().put("subject", "Hello");
        message.putObject("body").put("contentType", "html").put("content", "<p>Grüße</p>");
        message.putArray("toRecipients")
                .addObject()
                .putObject("emailAddress")
                .put("address", "bob@example.com");
        return message;
    }

    @Test
    void aMessageIsInSentItemsAfterAWhile() throws Exception {
        client.send(token, HELLO);
        String filter =
                Client.encode(Map.of("$filter", "internetMessageId eq '<o''ne@example.com>'"));
        String sentItems = "/mailFolders/sentitems/messages?$select=id&" + filter;
        assertThat(get(sentItems).json().path("value")).isEmpty();
        microsoft.clock().advance(Duration.ofSeconds(2));
        Answer found = get(sentItems);
        assertThat(found.json().path("value")).hasSize(1);
        assertThat(found.json().path("value").path(0).path("isDraft").asBoolean()).isFalse();
        String brackets =
                Client.encode(Map.of("$filter", "internetMessageId eq 'o''ne@example.com'"));
        assertThat(get("/mailFolders/sentitems/messages?" + brackets).json().path("value"))
                .isEmpty();
        String quotes =
                Client.encode(Map.of("$filter", "internetMessageId eq '<o'ne@example.com>'"));
        assertThat(get("/mailFolders/sentitems/messages?" + quotes).status()).isEqualTo(400);
    }

    @Test
    void headersOfSentItemsAreInTheirValue() throws Exception {
        client.send(token, HELLO);
        microsoft.clock().advance(Duration.ofSeconds(2));
        String list = "/mailFolders/sentitems/messages?$select=id,internetMessageHeaders";
        ObjectNode item = (ObjectNode) get(list).json().path("value").path(0);
        assertThat(item.has("internetMessageHeaders")).isFalse();
        Answer value = get("/messages/" + item.path("id").asText() + "/$value");
        assertThat(new String(value.response().body(), StandardCharsets.UTF_8))
                .contains("X-Attempt: 1");
        microsoft.switches().turn(MicrosoftSwitch.SENT_ITEMS_HAVE_HEADERS, true);
        assertThat(get(list).json().toString()).contains("X-Attempt");
    }

    @Test
    void whoMayOnlySendSeesNothing() throws Exception {
        String sender = client.accessToken(ADA, MicrosoftClient.SEND);
        for (String path :
                new String[] {
                    "/mailFolders/sentitems/messages", "/mailFolders/inbox", "/messages/any"
                }) {
            assertThat(client.http().get("/v1.0/me" + path, sender).status()).isEqualTo(403);
        }
        String basic = client.accessToken(ADA, MicrosoftClient.SEND + " Mail.ReadBasic");
        assertThat(client.http().get("/v1.0/me/mailFolders/inbox", basic).status()).isEqualTo(200);
        assertThat(client.http().get("/v1.0/me/messages/any/$value", basic).status())
                .isEqualTo(403);
    }

    @Test
    void anIdChangesUnlessItIsImmutable() throws Exception {
        Answer draft = post("/messages", message());
        assertThat(draft.status()).isEqualTo(201);
        String id = draft.text("id");
        String immutable = get("/messages/" + id, "Prefer", IMMUTABLE).text("id");
        assertThat(immutable).isNotEqualTo(id);
        assertThat(get("/messages/" + immutable).json().path("isDraft").asBoolean()).isTrue();

        Answer sent = post("/messages/" + immutable + "/send", Json.object());
        assertThat(sent.status()).isEqualTo(202);
        assertThat(get("/messages/" + id).json().path("isDraft").asBoolean()).isTrue();
        assertThat(post("/messages/" + immutable + "/send", Json.object()).status()).isEqualTo(404);
        microsoft.clock().advance(Duration.ofSeconds(2));
        assertThat(get("/messages/" + id).status()).isEqualTo(404);
        Answer filed = get("/messages/" + immutable, "Prefer", IMMUTABLE);
        assertThat(filed.text("id")).isEqualTo(immutable);
        assertThat(filed.json().path("isDraft").asBoolean()).isFalse();
        assertThat(microsoft.sent(ADA)).hasSize(1);
    }

    @Test
    void aDraftsMessageIdCanBeWritten() throws Exception {
        String id = post("/messages", message()).text("id");
        var patch =
                client.http()
                        .request("/v1.0/me/messages/" + id)
                        .header("Authorization", "Bearer " + token)
                        .method(
                                "PATCH",
                                BodyPublishers.ofString("{\"internetMessageId\":\"<a@b.test>\"}"));
        assertThat(client.http().send(patch).text("internetMessageId")).isEqualTo("<a@b.test>");
        post("/messages/" + id + "/send", Json.object());
        assertThat(microsoft.sent(ADA).getFirst().messageId()).isEqualTo("<a@b.test>");
    }

    @Test
    void aMessageAsJsonMayHaveHeadersOfItsOwnOnly() throws Exception {
        ObjectNode message = message();
        var headers = message.putArray("internetMessageHeaders");
        headers.addObject().put("name", "X-Attempt").put("value", "7");
        ObjectNode body = Json.object().put("saveToSentItems", false);
        body.set("message", message);
        assertThat(post("/sendMail", body).status()).isEqualTo(202);
        StoredMessage sent = microsoft.sent(ADA).getFirst();
        assertThat(sent.fields().get("X-Attempt")).contains("7");
        assertThat(new String(sent.octets(), StandardCharsets.UTF_8)).contains("<p>Grüße</p>");
        microsoft.clock().advance(Duration.ofSeconds(2));
        assertThat(get("/mailFolders/sentitems/messages").json().path("value")).isEmpty();

        headers.addObject().put("name", "List-Unsubscribe").put("value", "<https://a.test>");
        assertRefused(post("/sendMail", body), GraphError.INVALID_HEADER);
    }

    @Test
    void fromNeedsSendAs() throws Exception {
        ObjectNode body = Json.object();
        ObjectNode message = message();
        message.putObject("from").putObject("emailAddress").put("address", "boss@example.com");
        body.set("message", message);
        assertRefused(post("/sendMail", body), GraphError.SEND_AS_DENIED);
        microsoft.account(ADA).mayAlsoSendAs("boss@example.com");
        assertThat(post("/sendMail", body).status()).isEqualTo(202);
        assertThat(microsoft.sent(ADA).getFirst().fields().get("From"))
                .contains("boss@example.com");
    }

    @Test
    void aLargeFileGoesToAnotherHostInOrderAndWithoutTheToken() throws Exception {
        String id = post("/messages", message()).text("id");
        ObjectNode session = Json.object();
        session.putObject("AttachmentItem").put("name", "a.bin").put("size", 300);
        Answer opened = post("/messages/" + id + "/attachments/createUploadSession", session);
        assertThat(opened.status()).isEqualTo(201);
        String url = opened.text("uploadUrl");
        assertThat(url).startsWith(microsoft.uploadBase()).doesNotStartWith(microsoft.base());

        assertThat(put(url, "bytes 0-199/300", 200, "Authorization", "Bearer x").status())
                .isEqualTo(401);
        assertThat(put(url, "bytes 100-299/300", 200).status()).isEqualTo(416);
        Answer first = put(url, "bytes 0-199/300", 200);
        assertThat(first.json().path("nextExpectedRanges").path(0).asText()).isEqualTo("200-");
        Answer last = put(url, "bytes 200-299/300", 100);
        assertThat(last.status()).isEqualTo(201);
        assertThat(last.response().headers().firstValue("location")).isPresent();
        assertThat(put(url, "bytes 200-299/300", 100).status()).isEqualTo(404);
        assertThat(get("/messages/" + id).json().path("hasAttachments").asBoolean()).isTrue();
    }

    private Answer put(String url, String range, int size, String... headers)
            throws IOException, InterruptedException {
        var request =
                client.http()
                        .request(url)
                        .header("Content-Range", range)
                        .PUT(BodyPublishers.ofByteArray(new byte[size]));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.http().send(request);
    }

    @Test
    void aDraftIsMadeOfMimeToo() throws Exception {
        byte[] body = Base64.getEncoder().encode(HELLO.getBytes(StandardCharsets.UTF_8));
        Answer draft = client.http().post("/v1.0/me/messages", token, "text/plain", body);
        assertThat(draft.text("internetMessageId")).isEqualTo("<o'ne@example.com>");
        var delete =
                client.http()
                        .request("/v1.0/me/messages/" + draft.text("id"))
                        .header("Authorization", "Bearer " + token)
                        .DELETE();
        assertThat(client.http().send(delete).status()).isEqualTo(204);
        assertThat(get("/messages/" + draft.text("id")).status()).isEqualTo(404);
    }

    private static void assertRefused(Answer answer, GraphError error) {
        assertThat(answer.json().path("error").path("code").asText()).isEqualTo(error.code());
        assertThat(answer.status()).isEqualTo(error.status());
    }
}
