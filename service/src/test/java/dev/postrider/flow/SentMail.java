package dev.postrider.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.http.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Mailboxes that a test has connected, and what it sends through them, by the API alone. */
final class SentMail implements AutoCloseable {
    /** A server that misunderstands us costs minutes. */
    static final Duration SOON = Duration.ofSeconds(25);

    /** As many as one request may hold. */
    static final int BATCH = 100;

    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^message-id: *(<[^>]+>)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Api api;
    private final List<String> mailboxes = new ArrayList<>();

    SentMail(Api api) {
        this.api = api;
    }

    List<String> mailboxes() {
        return mailboxes;
    }

    String connect(String address, ObjectNode smtp) {
        var request = JSON.createObjectNode().put("address", address).put("provider", "smtp");
        var answer = api.post("/mailboxes", request.set("smtp", smtp).toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        mailboxes.add(answer.json().path("id").asText());
        return mailboxes.getLast();
    }

    void patch(String mailbox, String json) {
        var answer =
                api.send(
                        api.request("/mailboxes/" + mailbox)
                                .header("Content-Type", "application/json")
                                .method("PATCH", BodyPublishers.ofString(json)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    static ObjectNode email(String from, List<String> to) {
        var email = JSON.createObjectNode().put("from", from).put("subject", "Grüße");
        to.forEach(email.putArray("to")::add);
        return email.put("text", "..\n.\nGrüße 🎉\nFrom here\n" + "lang ".repeat(300))
                .put("on_unknown", "report");
    }

    List<String> send(String from, int count, IntFunction<String> to) {
        return queue(
                IntStream.range(0, count)
                        .mapToObj(i -> email(from, List.of(to.apply(i))))
                        .toList());
    }

    List<String> queue(List<ObjectNode> emails) {
        var ids = new ArrayList<String>();
        for (var from = 0; from < emails.size(); from += BATCH) {
            var batch = JSON.createArrayNode();
            batch.addAll(emails.subList(from, Math.min(from + BATCH, emails.size())));
            var answer = api.post("/emails/batch", batch.toString());
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            answer.json().path("data").forEach(one -> ids.add(one.path("id").asText()));
        }
        return ids;
    }

    JsonNode get(String id) {
        return api.get("/emails/" + id).json();
    }

    JsonNode list(String mailbox, String state) {
        return api.get("/emails?limit=100&mailbox_id=" + mailbox + "&state=" + state)
                .json()
                .path("data");
    }

    /** Waits until nothing of the mailbox is on its way. */
    void awaitEnd(String mailbox) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .atMost(SOON)
                .untilAsserted(() ->
                        assertThat(List.of("queued", "sending", "queued"))
                                .allSatisfy(state -> assertThat(list(mailbox, state)).isEmpty()));
    }

    List<JsonNode> ended(String mailbox, List<String> ids) {
        awaitEnd(mailbox);
        return ids.stream().map(this::get).collect(Collectors.toList());
    }

    private byte[] raw(JsonNode email) {
        return api.get("/emails/" + email.path("id").asText() + "/raw").response().body();
    }

    /** Each of them is there, once, octet for octet. */
    void assertDelivered(List<JsonNode> emails, Supplier<List<String>> messages) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(messages.get()).hasSize(emails.size()));
        var delivered = messages.get().stream().map(SentMail::oneLineEnd).toList();
        assertThat(ids(delivered))
                .containsExactlyInAnyOrderElementsOf(
                        emails.stream().map(SentMail::messageId).toList());
        for (var email : emails.subList(0, 5)) {
            var sent = oneLineEnd(new String(raw(email), ISO_8859_1));
            assertThat(delivered).anyMatch(message -> message.endsWith(sent));
        }
    }

    private static String oneLineEnd(String text) {
        return text.replace("\r\n", "\n").stripTrailing();
    }

    static List<String> ids(List<String> messages) {
        return messages.stream()
                .map(message -> MESSAGE_ID.matcher(message))
                .map(found -> found.find() ? found.group(1) : "none")
                .toList();
    }

    static String messageId(JsonNode email) {
        return email.path("message_id").asText();
    }

    /** What the program says of a login. */
    JsonNode verify(String mailbox) {
        return api.post("/mailboxes/" + mailbox + "/verify", "").json();
    }

    @Override
    public void close() {
        mailboxes.forEach(each -> api.delete("/mailboxes/" + each + "?force=true"));
    }
}
