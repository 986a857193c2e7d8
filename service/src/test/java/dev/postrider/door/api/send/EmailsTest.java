package dev.postrider.door.api.send;

import static dev.postrider.door.api.send.EmailApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An email's way through {@code /emails}: in, looked at, moved, withdrawn. */
@QuarkusTest
class EmailsTest {
    private static EmailApi emails;

    @BeforeAll
    static void connect() {
        emails = new EmailApi("emails@example.org");
    }

    @AfterAll
    static void disconnect() {
        emails.close();
    }

    @Test
    void anEmailIsKeptSentAndShown() {
        var id =
                emails.kept(
                        json(
                                """
                                {'from':'Émile <emails@example.org>','to':['Grace <grace@example.org>'],
                                 'cc':'carl@example.org','bcc':['bea@example.org'],
                                 'reply_to':'Reply <reply@example.org>','subject':'Grüße 🎉',
                                 'html':'<p>Hello <b>you</b></p>',
                                 'headers':{'X-Entity-Ref-ID':'17'},
                                 'tags':[{'name':'kind','value':'invoice'}]}
                                """));

        var email = emails.sent(id);

        assertThat(email.path("object").asText()).isEqualTo("email");
        assertThat(email.path("id").asText()).isEqualTo(id);
        assertThat(email.path("from").asText()).isEqualTo("Émile <emails@example.org>");
        assertThat(texts(email.path("to"))).containsExactly("Grace <grace@example.org>");
        assertThat(texts(email.path("cc"))).containsExactly("carl@example.org");
        assertThat(texts(email.path("bcc"))).containsExactly("bea@example.org");
        assertThat(texts(email.path("reply_to"))).containsExactly("Reply <reply@example.org>");
        assertThat(email.path("subject").asText()).isEqualTo("Grüße 🎉");
        assertThat(email.path("html").asText()).isEqualTo("<p>Hello <b>you</b></p>");
        assertThat(email.path("text").asText().strip()).isEqualTo("Hello you");
        assertThat(email.path("last_event").asText()).isEqualTo("sent");
        assertThat(email.path("scheduled_at").isNull()).isTrue();
        assertThat(email.path("tags").toString())
                .isEqualTo(json("[{'name':'kind','value':'invoice'}]"));
        assertThat(email.path("message_id").asText()).isEqualTo("<" + id + "@example.org>");
        assertThat(email.path("recipients")).hasSize(3);
        assertThat(email.path("recipients").get(2).path("state").asText()).isEqualTo("accepted");
        assertThat(email.path("attempts").get(0).path("outcome").asText()).isEqualTo("accepted");
        assertThat(emails.raw(id))
                .contains("\r\nX-Entity-Ref-ID: 17\r\n")
                .doesNotContain("bea@example.org");
    }

    @Test
    void anAddressWithoutAMailboxIsRefusedWithTheWayToConnectIt() {
        var answer =
                emails.post(
                        json(
                                "{'from':'me@elsewhere.example','to':'g@example.org','subject':'s','text':'t'}"));

        assertProblem(answer, 403, "invalid_from_address", "invalid_from_address");
        assertThat(answer.json().path("message").asText()).contains("POST /mailboxes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}                                                | missing_required_field | from to subject html
                    {'from':'emails@example.org','to':'x@example.org','subject':'s'} | missing_required_field | html
                    {'from':'emails@example.org','to':[],'subject':'s','text':'t'}    | validation_error | to
                    {'from':'emails','to':'x@example.org','subject':'s','text':'t'}   | validation_error | from
                    {'from':'emails@example.org','to':['x@example.org','y'],'subject':'s','text':'t'} | validation_error | to[1]
                    {'from':'emails@example.org','to':'x@example.org','subject':'s','text':'t','attachments':[{'filename':'a'}]} | invalid_attachment | attachments[0].content
                    {'from':'emails@example.org','to':'x@example.org','subject':'s','text':'t','attachments':[{'content':'','path':'https://x.example'}]} | invalid_attachment | attachments[0].path
                    {'from':'emails@example.org','to':'x@example.org','subject':'s','text':'t','headers':{'Bcc':'y@example.org'}} | validation_error | headers[Bcc]
                    {'from':'emails@example.org','to':'x@example.org','subject':'s','text':'t','headers':{'X':[[]]}} | validation_error | headers[X]
                    {'from':'emails@example.org','to':'x@example.org','subject':'a\\nb','text':'t'} | validation_error | subject
                    {'from':'emails@example.org','to':'x@example.org','subject':'s','text':'t','tags':[{'name':'a b','value':'c'}]} | validation_error | tags[0].name
                    {'from':'emails@example.org','to':'x@example.org','subject':'s','text':'t','scheduled_at':'tomorrow'} | validation_error | scheduled_at
                    {'from':'emails@example.org','to':'x@example.org','subject':'s','text':'t','priority':'urgent'} | validation_error | priority
                    {'from':'emails@example.org','to':'x@example.org','subject':'s','text':'t','on_unknown':'pray'} | validation_error | on_unknown
                    {'from':'emails@example.org','to':'x@example.org','subject':'s','template':{'id':'x'}} | validation_error | template
                    """)
    void whatIsWrongIsNamed(String body, String name, String fields) {
        var answer = emails.post(json(body));

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().path("name").asText()).as(answer.text()).isEqualTo(name);
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactly(fields.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{'to':1,'to':2}",
                "{} x",
                "{'attachments':[{'content':'a','content':'b'}]}",
                "{'attachments':[{'content':[1,2}]}",
                "{'a':tru}"
            })
    void aBodyThatIsNoJsonObjectIsSaidToBeNone(String body) {
        assertThat(emails.post(json(body)).status()).isEqualTo(422);
    }

    @Test
    void aScheduledEmailIsMovedAndCanceled() {
        var later = Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
        var id =
                emails.kept(
                        emails.email(
                                "'to':'g@example.org','text':'t','scheduled_at':'in 1 hour',"));
        assertThat(emails.get(id).path("last_event").asText()).isEqualTo("scheduled");

        var moved = emails.patch("/emails/" + id, json("{'scheduled_at':'" + later + "'}"));
        assertThat(moved.text()).isEqualTo(json("{'object':'email','id':'" + id + "'}"));
        assertThat(emails.get(id).path("scheduled_at").asText()).isEqualTo(later.toString());

        var canceled = emails.api().post("/emails/" + id + "/cancel", "");
        assertThat(canceled.text()).isEqualTo(json("{'object':'email','id':'" + id + "'}"));
        assertThat(emails.get(id).path("last_event").asText()).isEqualTo("canceled");
        assertProblem(
                emails.api().post("/emails/" + id + "/cancel", "{}"),
                409,
                "too_late",
                "validation_error");
        assertProblem(
                emails.patch("/emails/" + id, json("{'scheduled_at':'in 1 min'}")),
                409,
                "too_late",
                "validation_error");
    }

    @Test
    void anEmailThatIsMovedToNowIsSent() {
        var id =
                emails.kept(
                        emails.email(
                                "'to':'g@example.org','text':'t','scheduled_at':'in 1 hour',"));

        assertThat(
                        emails.patch(
                                        "/emails/" + id,
                                        json("{'scheduled_at':'" + Instant.now() + "'}"))
                                .status())
                .isEqualTo(200);

        emails.sent(id);
    }

    @Test
    void aTimeThatHasPassedIsNow() {
        emails.sent(
                emails.kept(
                        emails.email(
                                "'to':'g@example.org','text':'t','scheduled_at':'2001-01-01T00:00:00Z',")));
    }

    @Test
    void whatWasSentIsNotTriedAgain() {
        var id = emails.kept(emails.email());
        emails.sent(id);

        assertProblem(
                emails.api().post("/emails/" + id + "/retry", ""),
                409,
                "too_late",
                "validation_error");
    }

    @Test
    void anIdThatIsNoneAndOneThatIsUnknownAreToldApart() {
        assertProblem(
                emails.api().get("/emails/17"), 422, "invalid_parameter", "invalid_parameter");
        assertProblem(
                emails.api().get("/emails/00000000-0000-7000-8000-000000000000"),
                404,
                "not_found",
                "not_found");
    }

    @Test
    void aPageTellsWhetherThereIsMore() {
        var ids =
                List.of(
                        emails.kept(emails.email()),
                        emails.kept(emails.email()),
                        emails.kept(emails.email()));

        var first = emails.api().get("/emails?limit=2").json();
        assertThat(first.path("object").asText()).isEqualTo("list");
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(idsOf(first)).containsExactly(ids.get(2), ids.get(1));

        var after = emails.api().get("/emails?limit=1&after=" + ids.get(1)).json();
        assertThat(idsOf(after)).containsExactly(ids.get(0));

        var before = emails.api().get("/emails?limit=1&before=" + ids.get(0)).json();
        assertThat(idsOf(before)).containsExactly(ids.get(1));
        assertThat(before.path("has_more").asBoolean()).isTrue();
        assertThat(emails.api().get("/emails?after=x").status()).isEqualTo(422);
    }

    @Test
    void aListIsFiltered() {
        var start = Instant.now();
        var id =
                emails.kept(
                        emails.email(
                                "'to':'Filter@Example.org','text':'t','scheduled_at':'in 1 hour','tags':[{'name':'f','value':'1'}],"));
        var other = emails.kept(emails.email());
        emails.sent(other);

        for (var query :
                List.of(
                        "recipient=filter@example.org",
                        "tag=f:1",
                        "state=scheduled,sending&mailbox_id=" + emails.mailbox(),
                        "created_after=" + start + "&state=scheduled")) {
            assertThat(idsOf(emails.api().get("/emails?" + query).json()))
                    .as(query)
                    .contains(id)
                    .doesNotContain(other);
        }
        assertThat(idsOf(emails.api().get("/emails?created_before=" + start).json()))
                .doesNotContain(id, other);
        assertThat(emails.api().get("/emails?state=gone").status()).isEqualTo(422);
    }

    @Test
    void aSlashTooManyIsPassedOver() {
        var answer =
                emails.api()
                        .post(
                                ConfigProvider.getConfig()
                                        .getValue("test.url", String.class)
                                        .replaceFirst("/*$", "//emails"),
                                emails.email());

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void aBodyOnAGetIsPassedOver() {
        var answer =
                emails.api()
                        .send(
                                emails.api()
                                        .request("/emails")
                                        .header("Content-Type", "application/json")
                                        .method("GET", BodyPublishers.ofString("{}")));

        assertThat(answer.status()).isEqualTo(200);
    }

    private static List<String> idsOf(JsonNode list) {
        return list.path("data").valueStream().map(item -> item.path("id").asText()).toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    private static void assertProblem(Answer answer, int status, String code, String name) {
        Api.assertProblem(answer, status, code);
        assertThat(answer.json().path("name").asText()).isEqualTo(name);
    }
}
