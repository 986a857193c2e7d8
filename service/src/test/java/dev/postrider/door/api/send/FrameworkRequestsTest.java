package dev.postrider.door.api.send;

import static dev.postrider.door.api.send.EmailApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the mail transports of frameworks post, in their own words and with their oddities: recorded
 * from the rules of their Resend transports, run over Symfony Mailer 5.4, Action Mailer 6.1, Django
 * Anymail 9.0 and nodemailer 10; Swoosh's is written after its source.
 */
@QuarkusTest
class FrameworkRequestsTest {
    private static final String ME = "ada@frameworks.example";

    private static EmailApi emails;

    @BeforeAll
    static void connect() {
        emails = new EmailApi(ME);
    }

    @AfterAll
    static void disconnect() {
        emails.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "laravel-plain",
                "laravel-full",
                "laravel-headers",
                "laravel-return-path",
                "symfony-plain",
                "symfony-full",
                "symfony-headers",
                "symfony-return-path",
                "rails-plain",
                "rails-full",
                "rails-html",
                "anymail-plain",
                "anymail-full",
                "nodemailer-plain",
                "nodemailer-full",
                "swoosh-full"
            })
    void isTakenAsItComes(String request) {
        recorded(request);
    }

    /** PHP writes an object without names as an empty list, and escapes slashes. */
    @Test
    void laravel() {
        var id = recorded("laravel-full");
        assertThat(emails.get(id).path("to"))
                .extracting(JsonNode::asText)
                .containsExactly("\"Hopper, Grääce\" <grace@example.net>", "b@example.net");
        assertThat(files(id, "filename")).containsExactlyInAnyOrder("äa.txt", "logo");
        assertThat(files(id, "size")).containsExactlyInAnyOrder("2", "4");
    }

    /** Its field has the first of the addresses that its header has all of. */
    @Test
    void symfony() {
        var id = recorded("symfony-full");
        assertThat(emails.get(id).path("from").asText())
                .isEqualTo("\"Ada, Countess\" <ada@frameworks.example>");
        assertThat(emails.get(id).path("reply_to"))
                .extracting(JsonNode::asText)
                .containsExactly("\"Jörg \\\"R\\\"\" <r@example.org>", "s@example.org");
        assertThat(emails.raw(id))
                .contains(
                        "Date: Thu, 26 Nov 2026 15:00:00 +0100\r\n",
                        "\r\nX-Priority: 1 (Highest)\r\n");
    }

    /** Its headers are folded and encoded, its tags have no names of their own. */
    @Test
    void symfonysHeaders() {
        var id = recorded("symfony-headers");
        assertThat(emails.get(id).path("tags").toString())
                .isEqualTo(
                        json(
                                "[{'name':'X-Tag','value':'password-reset'},{'name':'X-Tag-2','value':'urgent'}]"));
        assertThat(emails.get(id).path("message_id").asText()).isEqualTo("<one@symfony.example>");
        assertThat(emails.raw(id))
                .contains(
                        "\r\nDisposition-Notification-To: =?UTF-8?B?SsO2cmc=?= <n@example.org>\r\n",
                        "\r\nReferences: <y@example.org> <x@example.org>",
                        "\r\nX-Metadata-order: 17\r\n",
                        "\r\nX-Long: =?utf-8?Q?w=C3=B6rd_");
    }

    /** It hands over how it would have encoded the message, a date as JSON has it, and numbers. */
    @Test
    void rails() {
        var id = recorded("rails-full");
        assertThat(emails.get(id).path("message_id").asText()).isEqualTo("<one@rails.example>");
        assertThat(emails.raw(id))
                .contains(
                        "Date: Thu, 26 Nov 2026 13:33:20 +0000\r\n",
                        "\r\nReferences: <y@example.org> <x@example.org>",
                        "\r\nX-One: 1\r\n",
                        "\r\npriority: 1\r\n",
                        "\r\nX-Two: 2\r\n");
        assertThat(files(id, "size")).containsExactlyInAnyOrder("4", "2");
    }

    @Test
    void anymail() {
        var id = recorded("anymail-full");
        assertThat(emails.get(id).path("to"))
                .extracting(JsonNode::asText)
                .containsExactly("\"Hopper, Grace\" <grace@example.net>", "Jörg <b@example.net>");
        assertThat(emails.raw(id))
                .contains(
                        "\r\nX-Num: 17\r\n",
                        "\r\nX-Metadata: {\"order\": 17}\r\n",
                        "\r\nX-Tag: a\r\nX-Tag: b\r\n");
    }

    /** Its HTML is an empty text where there is none. */
    @Test
    void nodemailer() {
        var id = recorded("nodemailer-full");
        assertThat(emails.raw(id)).contains("\r\nX-Many: a, b\r\n");
        assertThat(files(id, "size")).containsExactlyInAnyOrder("2", "2");
    }

    @Test
    void swoosh() {
        var id = recorded("swoosh-full");
        assertThat(emails.raw(id)).contains("\r\nX-One: 1\r\nX-Two: 2\r\n");
        assertThat(files(id, "content_disposition"))
                .containsExactlyInAnyOrder("inline", "attachment");
    }

    @Test
    void aHeaderMayHaveSeveralValues() {
        var id = emails.kept(email("'headers':{'X-Many':['1','2']}"));
        assertThat(emails.raw(id)).contains("\r\nX-Many: 1\r\nX-Many: 2\r\n");
    }

    /** An empty one says nothing; folded and misspelt ones say what they say. */
    @Test
    void headersWithAFieldOfTheirOwnAreReadAsTheyAreMeant() {
        var id =
                emails.kept(
                        email(
                                "'in_reply_to':'','references':[''],'message_id':' ','headers':{'Message-ID':'','Sender':' ','reply_to':['r@example.org','s@example.org'],"
                                        + "'X-Folded':'a\\r\\n b\\n\\tc'}"));
        assertThat(emails.get(id).path("reply_to"))
                .extracting(JsonNode::asText)
                .containsExactly("r@example.org", "s@example.org");
        assertThat(emails.raw(id)).contains("\r\nX-Folded: a b c\r\n").doesNotContain("reply_to");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    'reply_to':'a@example.org','headers':{'Reply-To':'b@example.org'}      | headers[Reply-To]
                    'message_id':'<a@example.org>','headers':{'Message-ID':'<b@example.org>'} | headers[Message-ID]
                    'headers':{'Sender':'boss@example.org'}                                | headers[Sender]
                    'headers':{'Return-Path':'<boss@example.org>'}                         | headers[Return-Path]
                    'headers':{'From':'boss@example.org'}                                  | headers[From]
                    'headers':{'To':'boss@example.org'}                                    | headers[To]
                    'headers':{'Content-Type':'text/html'}                                 | headers[Content-Type]
                    'headers':{'X-A':'1\\r\\nBcc: x@example.org'}                            | headers[X-A]
                    'headers':{'X-A':{'value':'1'}}                                        | headers[X-A]
                    'headers':{'Date':'yesterday'}                                         | headers[Date]
                    'scheduledAt':'in 1 hour'                                              | scheduledAt
                    'scheduled-at':'in 1 hour'                                             | scheduled-at
                    'schedule_at':'in 1 hour'                                              | schedule_at
                    'send_at':'in 1 hour'                                                  | send_at
                    'scheduled':'in 1 hour'                                                | scheduled
                    'delay':3600                                                           | delay
                    'tag':[{'name':'a','value':'b'}]                                       | tag
                    'tags':[{'name':'a'}]                                                  | tags[0].value
                    'tags':['a']                                                           | tags[0]
                    'tags':[{'X-Tag':'a b'}]                                               | tags[0].value
                    'reply_to':'=?utf-8?q?a=0D=0Ab?= <r@example.org>'                      | reply_to
                    'reply_to':'=?utf-8?q?x=40y?=@example.org'                             | reply_to
                    'attachments':[{'path':'data:text/plain,hi'}]                          | attachments[0].path
                    'attachments':[{'path':'data:;base64,aGk=','content':'aGk='}]          | attachments[0].path
                    'replyTo':'a@example.org'                                              | replyTo
                    'Subject':'s'                                                          | Subject
                    'scheduled_at':'2026-02-30T10:00:00Z'                                  | scheduled_at
                    'html':'\\ud83d'                                                       | html
                    'headers':{'X-A':'\\udc00'}                                            | headers[X-A]
                    'attachments':[{'filename':'a','content':'line\\nline\\n'}]            | attachments[0].content
                    'attachments':[{'filename':'a','content':'YQ==','Encoding':'text'}]    | attachments[0].Encoding
                    """,
            quoteCharacter = '`')
    void whatContradictsOrIsAlmostAFieldIsNamed(String more, String field) {
        var answer = emails.post(email(more));
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().path("errors"))
                .as(answer.text())
                .singleElement()
                .satisfies(error -> assertThat(error.path("field").asText()).isEqualTo(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'html':'','text':''", "'text':''", "'html':''", "'html':null"})
    void anEmailThatSaysNothingIsRefused(String body) {
        var answer =
                emails.post(
                        json(
                                "{'from':'"
                                        + ME
                                        + "','to':'g@example.org','subject':'s',"
                                        + body
                                        + "}"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("name").asText()).isEqualTo("missing_required_field");
    }

    private static String email(String more) {
        return json(
                "{'from':'"
                        + ME
                        + "','to':['g@example.org'],'subject':'s','text':'t',"
                        + more
                        + "}");
    }

    private static String recorded(String request) {
        try (var file =
                FrameworkRequestsTest.class.getResourceAsStream("/requests/" + request + ".json")) {
            return emails.kept(new String(Objects.requireNonNull(file).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> files(String id, String field) {
        return emails.api()
                .get("/emails/" + id + "/attachments")
                .json()
                .path("data")
                .valueStream()
                .map(file -> file.path(field).asText())
                .toList();
    }
}
