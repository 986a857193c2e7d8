package dev.postrider.door.api.send;

import static dev.postrider.door.api.send.EmailApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api;
import dev.postrider.http.Description;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code /openapi.json} says of the email API is so, its limits at the edge and one beyond.
 */
@QuarkusTest
class DescribedTest {
    private static EmailApi emails;

    @BeforeAll
    static void connect() {
        emails = new EmailApi("described@example.org");
    }

    @AfterAll
    static void disconnect() {
        emails.close();
    }

    @Test
    void eachAnswerIsAsItIsDescribed() {
        var description = new Description();
        var api = emails.api();
        var file = "'attachments':[{'filename':'a','content':'YQ=='}],";
        var kept = emails.post(emails.email("'to':'g@example.org','text':'t'," + file));
        var id = kept.json().path("id").asText();
        var scheduled =
                emails.kept(
                        emails.email(
                                "'to':'g@example.org','html':'t','tags':[{'name':'a','value':'b'}],'scheduled_at':'in 1 day',"));
        var none = "00000000-0000-7000-8000-000000000000";
        emails.sent(id);

        description.assertMatches("post /emails", kept);
        description.assertMatches("post /emails", emails.post("{}"));
        description.assertMatches("post /emails", emails.post("nonsense"));
        description.assertMatches(
                "post /emails",
                emails.post(
                        json("{'from':'x@y.example','to':'a@b.example','subject':'','text':'t'}")));
        description.assertMatches(
                "post /emails", emails.post("/emails", "Idempotency-Key", "k".repeat(257), "{}"));
        description.assertMatches("post /emails", Api.underTest().post("/emails", "{}"));
        description.assertMatches(
                "post /emails", Api.underTest().with("pr_none").post("/emails", "{}"));
        description.assertMatches(
                "post /emails/batch", api.post("/emails/batch", "[" + emails.email() + "]"));
        description.assertMatches(
                "post /emails/batch",
                emails.post(
                        "/emails/batch",
                        "x-batch-validation",
                        "permissive",
                        "[" + emails.email() + ",{}]"));
        description.assertMatches("post /emails/batch", api.post("/emails/batch", "[]"));
        description.assertMatches(
                "post /emails/raw",
                api.post(
                        "/emails/raw",
                        json(
                                "{'raw':'From: described@example.org\\r\\nTo: a@example.org\\r\\n\\r\\nx'}")));
        description.assertMatches("post /emails/raw", api.post("/emails/raw", "{}"));
        description.assertMatches("get /emails", api.get("/emails"));
        description.assertMatches("get /emails", api.get("/emails?limit=0"));
        description.assertMatches("get /emails/{id}", api.get("/emails/" + id));
        description.assertMatches("get /emails/{id}", api.get("/emails/" + scheduled));
        description.assertMatches("get /emails/{id}", api.get("/emails/" + none));
        description.assertMatches("get /emails/{id}", api.get("/emails/x"));
        description.assertMatches("get /emails/{id}/raw", api.get("/emails/" + none + "/raw"));
        var files = api.get("/emails/" + id + "/attachments");
        description.assertMatches("get /emails/{id}/attachments", files);
        description.assertMatches(
                "get /emails/{id}/attachments/{attachment}",
                api.get(
                        "/emails/"
                                + id
                                + "/attachments/"
                                + files.json().path("data").get(0).path("id").asText()));
        description.assertMatches(
                "get /emails/{id}/attachments/{attachment}",
                api.get("/emails/" + id + "/attachments/" + none));
        description.assertMatches(
                "patch /emails/{id}",
                emails.patch("/emails/" + scheduled, json("{'scheduled_at':'in 2 days'}")));
        description.assertMatches(
                "patch /emails/{id}",
                emails.patch("/emails/" + id, json("{'scheduled_at':'in 2 days'}")));
        description.assertMatches("patch /emails/{id}", emails.patch("/emails/" + id, "{}"));
        description.assertMatches(
                "post /emails/{id}/cancel", api.post("/emails/" + scheduled + "/cancel", ""));
        description.assertMatches(
                "post /emails/{id}/cancel", api.post("/emails/" + id + "/cancel", ""));
        description.assertMatches(
                "post /emails/{id}/retry", api.post("/emails/" + id + "/retry", ""));
        var made = api.post("/api-keys", json("{'name':'d'}"));
        description.assertMatches("post /api-keys", made);
        description.assertMatches("post /api-keys", api.post("/api-keys", "{}"));
        description.assertMatches("get /api-keys", api.get("/api-keys"));
        description.assertMatches("get /api-keys", api.get("/api-keys?limit=0"));
        description.assertMatches(
                "delete /api-keys/{id}",
                api.delete("/api-keys/" + made.json().path("id").asText()));
        description.assertMatches("delete /api-keys/{id}", api.delete("/api-keys/" + none));
    }

    /** Fields that fill a limit, and the same one step beyond. */
    record Edge(String name, String fits, String exceeds) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Edge> edges() {
        return List.of(
                recipients("to", ""),
                recipients("cc", "'to':'x@example.org',"),
                recipients("bcc", "'to':'x@example.org',"),
                new Edge(
                        "reply_to",
                        to("'reply_to':" + addresses(25)),
                        to("'reply_to':" + addresses(26))),
                new Edge("subject", subject(2_000), subject(2_001)),
                new Edge(
                        "headers",
                        to("'headers':" + headers(100)),
                        to("'headers':" + headers(101))),
                new Edge(
                        "header value",
                        to("'headers':{'X':'" + words(8_000) + "'}"),
                        to("'headers':{'X':'" + words(8_001) + "'}")),
                new Edge(
                        "header name",
                        to("'headers':{'" + "x".repeat(76) + "':''}"),
                        to("'headers':{'" + "x".repeat(77) + "':''}")),
                new Edge("tags", to("'tags':" + tags(50, 1)), to("'tags':" + tags(51, 1))),
                new Edge("tag value", to("'tags':" + tags(1, 256)), to("'tags':" + tags(1, 257))),
                new Edge(
                        "attachments",
                        to("'attachments':" + files(100, 1)),
                        to("'attachments':" + files(101, 1))),
                new Edge(
                        "filename",
                        to("'attachments':" + files(1, 255)),
                        to("'attachments':" + files(1, 256))),
                new Edge(
                        "scheduled_at",
                        to("'scheduled_at':'in 365 days'"),
                        to("'scheduled_at':'in 366 days'")),
                new Edge(
                        "html",
                        "'to':'x@example.org','html':'" + "x".repeat(5 << 20) + "'",
                        "'to':'x@example.org','html':'" + "x".repeat((5 << 20) + 1) + "'"));
    }

    @ParameterizedTest
    @MethodSource("edges")
    void aLimitIsWhereItIsSaidToBe(Edge edge) {
        var fits = emails.post(whole(edge.fits()));
        var exceeds = emails.post(whole(edge.exceeds()));

        assertThat(fits.status()).as(fits.text()).isEqualTo(200);
        assertThat(exceeds.status()).as(exceeds.text()).isEqualTo(422);
        assertThat(exceeds.json().path("errors")).hasSize(1);
    }

    /** The last of two fields of a name isn't taken: the subject is there once. */
    private static String whole(String fields) {
        return json(
                "{'from':'described@example.org',"
                        + (fields.contains("'subject'") ? "" : "'subject':'s',")
                        + fields
                        + "}");
    }

    private static String to(String field) {
        return "'to':'x@example.org','text':'t'," + field;
    }

    private static String subject(int length) {
        return to("'subject':'" + "s".repeat(length) + "'");
    }

    private static Edge recipients(String field, String before) {
        return new Edge(
                field,
                before + "'text':'t','" + field + "':" + addresses(50),
                before + "'text':'t','" + field + "':" + addresses(51));
    }

    private static String addresses(int count) {
        return list(count, i -> "'a" + i + "@example.org'");
    }

    private static String tags(int count, int length) {
        return list(count, i -> "{'name':'n" + i + "','value':'" + "v".repeat(length) + "'}");
    }

    private static String files(int count, int length) {
        return list(count, i -> "{'filename':'" + "f".repeat(length) + "','content':''}");
    }

    private static String headers(int count) {
        return "{"
                + IntStream.range(0, count)
                        .mapToObj(i -> "'X-" + i + "':'v'")
                        .collect(Collectors.joining(","))
                + "}";
    }

    private static String words(int length) {
        return String.join("", Collections.nCopies(length / 8 + 1, "word ab "))
                        .substring(0, length - 1)
                + "x";
    }

    private static String list(int count, IntFunction<String> item) {
        return "["
                + IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","))
                + "]";
    }
}
