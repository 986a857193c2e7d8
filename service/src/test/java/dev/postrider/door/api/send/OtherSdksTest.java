package dev.postrider.door.api.send;

import static dev.postrider.door.api.send.EmailApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The forms in which SDKs of other languages speak, as they were recorded. */
@QuarkusTest
class OtherSdksTest {
    /** What the strictest of them know; on any other they fail. */
    private static final List<String> LAST_EVENTS =
            List.of(
                    "queued",
                    "scheduled",
                    "sent",
                    "delivered",
                    "delivery_delayed",
                    "bounced",
                    "complained",
                    "opened",
                    "clicked",
                    "failed",
                    "canceled");

    private static EmailApi emails;
    private static Api api;

    @BeforeAll
    static void connect() {
        emails = new EmailApi("sdks@example.org");
        var key = emails.api().post("/api-keys", json("{'name':'sdks','compatible':true}"));
        assertThat(key.status()).isEqualTo(201);
        assertThat(key.json().path("token").asText()).startsWith("re_");
        api = Api.underTest().with(key.json().path("token").asText());
    }

    @AfterAll
    static void disconnect() {
        emails.close();
    }

    @Test
    void pythonSendsABodyWithAGet() {
        var answer = send("GET", "/emails", "{}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
    }

    @Test
    void rubysBaseUrlEndsWithASlash() {
        var id = kept(send("POST", root() + "//emails", emails.email()));
        var moved = send("GET", root() + "//emails/" + id, "");

        assertThat(moved.json().path("id").asText()).isEqualTo(id);
        assertThat(moved.json().has("statusCode")).isFalse();
    }

    @Test
    void rubyAndGoRepeatTheIdInAPatch() {
        var id = kept(api.post("/emails", scheduled()));
        var body = "{'email_id':'" + id + "','id':'" + id + "','scheduled_at':'in 2 hours'}";

        assertThat(send("PATCH", "/emails/" + id, json(body)).status()).isEqualTo(200);
    }

    @Test
    void goSendsAttachmentsAsNumbersAndReplyToAsOneText() {
        var id =
                kept(
                        api.post(
                                "/emails",
                                emails.email(
                                        """
                                        'to':['a@example.org'],'reply_to':'r@example.org','text':'t',
                                        'attachments':[{'content':[37,80,68,70],'filename':'a.pdf','inline_content_id':'x'}],
                                        """)));

        assertThat(
                        api.get("/emails/" + id + "/attachments")
                                .json()
                                .path("data")
                                .get(0)
                                .path("size")
                                .asInt())
                .isEqualTo(4);
    }

    @Test
    void javaPostsNothingAsJson() {
        var id = kept(api.post("/emails", scheduled()));

        var answer = send("POST", "/emails/" + id + "/cancel", "");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void dotnetParsesIdsTimesEventsAndWholeNumbers() {
        var id = kept(api.post("/emails", emails.email()));
        var answer = api.get("/emails/" + id);
        var email = answer.json();

        assertThat(UUID.fromString(email.path("id").asText()).version()).isEqualTo(7);
        assertThat(OffsetDateTime.parse(email.path("created_at").asText())).isNotNull();
        assertThat(email.path("last_event").asText()).isIn(LAST_EVENTS);
        for (var header : List.of("ratelimit-limit", "ratelimit-remaining", "ratelimit-reset")) {
            assertThat(answer.header(header)).as(header).matches("[0-9]+");
        }
    }

    @Test
    void rustWantsAllKeys() {
        var id = kept(api.post("/emails", emails.email()));
        var list = api.get("/emails?limit=1").json();

        assertThat(api.get("/emails/" + id).json().fieldNames())
                .toIterable()
                .contains(
                        "object",
                        "id",
                        "from",
                        "to",
                        "cc",
                        "bcc",
                        "reply_to",
                        "subject",
                        "html",
                        "text",
                        "created_at",
                        "scheduled_at",
                        "last_event");
        assertThat(list.fieldNames()).toIterable().contains("object", "has_more", "data");
        assertThat(list.path("data").get(0).fieldNames()).toIterable().contains("cc", "bcc");
    }

    @Test
    void bodiesThatSayNothingAreTakenWhereNoneIsNeeded() {
        for (var type : List.of("application/json", "text/plain;charset=UTF-8")) {
            var id = kept(api.post("/emails", scheduled()));
            var canceled =
                    api.send(
                            api.request("/emails/" + id + "/cancel")
                                    .header("Content-Type", type)
                                    .POST(BodyPublishers.noBody()));
            assertThat(canceled.status()).as(canceled.text()).isEqualTo(200);
            assertThat(canceled.json().fieldNames()).toIterable().containsExactly("object", "id");
        }
    }

    @Test
    void nodeAndRustNameAttachmentsInTheirOwnWays() {
        var id =
                kept(
                        api.post(
                                "/emails",
                                emails.email(
                                        """
                                        'to':['a@example.org'],'text':'t','template':null,'topic_id':null,
                                        'attachments':[{'filename':false,'content':{'type':'Buffer','data':[1]}},
                                                       {'filename':'a.log','contentType':'text/x-log','content':[104]}],
                                        """)));

        assertThat(api.get("/emails/" + id + "/attachments").json().path("data"))
                .extracting(file -> file.path("content_type").asText())
                .containsExactly("application/octet-stream", "text/x-log");
    }

    @Test
    void pagesAreAskedForByOneCursorAndALimit() {
        var id = kept(api.post("/emails", emails.email()));

        for (var query :
                List.of("after=" + id + "&before=" + id, "limit=0", "limit=101", "after=17")) {
            var answer = api.get("/emails?" + query);
            assertThat(answer.status()).as(query).isEqualTo(422);
            assertThat(answer.json().path("name").asText()).isEqualTo("validation_error");
        }
        var before = api.get("/emails?limit=1&before=" + id).json();
        assertThat(before.path("object").asText()).isEqualTo("list");
        assertThat(before.path("has_more").isBoolean()).isTrue();
        assertThat(before.path("data")).noneMatch(each -> each.path("id").asText().equals(id));
    }

    @Test
    void errorsAreReadByTheirThreeNames() {
        for (var answer :
                List.of(
                        api.post("/emails", "{}"),
                        api.post("/emails", "nonsense"),
                        api.get("/emails/x"),
                        api.get("/audiences"),
                        api.get("/emails/metrics?metrics=sent"),
                        api.get("/domains/x"),
                        send("PUT", "/emails", "{}"),
                        Api.underTest().get("/emails"),
                        Api.underTest().with("re_none").get("/emails"))) {
            assertThat(answer.header("Content-Type")).startsWith("application/json");
            assertThat(answer.json().path("statusCode").asInt()).isEqualTo(answer.status());
            assertThat(answer.json().path("name").asText()).matches("[a-z_]+");
            assertThat(answer.json().path("message").asText()).isNotEmpty();
            assertThat(answer.json().has("error")).isFalse();
        }
    }

    private static String scheduled() {
        return emails.email("'to':'a@example.org','text':'t','scheduled_at':'in 1 hour',");
    }

    private static String kept(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("id").asText();
    }

    private static Answer send(String method, String path, String body) {
        return api.send(
                api.request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body)));
    }

    private static String root() {
        return ConfigProvider.getConfig()
                .getValue("test.url", String.class)
                .replaceFirst("/*$", "");
    }
}
