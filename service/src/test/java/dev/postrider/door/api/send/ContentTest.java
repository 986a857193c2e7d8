package dev.postrider.door.api.send;

import static dev.postrider.door.api.send.EmailApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Api.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an email holds comes out as it went in. */
@QuarkusTest
class ContentTest {
    private static final String TO = "'to':'g@example.org','text':'t',";
    private static EmailApi emails;

    @BeforeAll
    static void connect() {
        emails = new EmailApi("content@example.org");
    }

    @AfterAll
    static void disconnect() {
        emails.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    'aGVsbG8='                                     | hello
                    'aGVs\\nbG8=\\r\\n'                            | hello
                    [104,101,108,108,111]                          | hello
                    {'type':'Buffer','data':[104,101,108,108,111]} | hello
                    'not base64!'                                  | not base64!
                    'Pz8\\/'                                       | ???
                    ''                                             |
                    []                                             |
                    """,
            quoteCharacter = '`')
    void contentComesInFourForms(String content, String expected) {
        var id =
                emails.kept(
                        emails.email(
                                TO
                                        + "'attachments':[{'filename':'a.bin','content':"
                                        + content
                                        + "}],"));

        var file = files(id).get(0);
        assertThat(download(file)).isEqualTo((expected == null ? "" : expected).getBytes(UTF_8));
        assertThat(file.path("filename").asText()).isEqualTo("a.bin");
        assertThat(file.path("size").asInt()).isEqualTo(expected == null ? 0 : expected.length());
    }

    @Test
    void anInlineImageIsReferredToAndAFileIsNamedInAnyScript() {
        var id =
                emails.kept(
                        emails.email(
                                """
                                'to':'g@example.org','html':'<img src="cid:logo">',
                                'attachments':[
                                  {'filename':'logo.png','content':'AAAA','content_id':'logo'},
                                  {'filename':'請求書.pdf','contentType':'application/pdf','content':'AAAA'}],
                                """
                                        .replace("\"", "\\\"")));

        var files = files(id);
        assertThat(files.get(0).path("content_disposition").asText()).isEqualTo("inline");
        assertThat(files.get(0).path("content_id").asText()).isEqualTo("logo");
        assertThat(files.get(0).path("content_type").asText()).isEqualTo("image/png");
        assertThat(files.get(1).path("filename").asText()).isEqualTo("請求書.pdf");
        assertThat(files.get(1).path("content_disposition").asText()).isEqualTo("attachment");
    }

    /** As long as any content, which no URL of a server may be. */
    @Test
    void aDataUrlAsPathIsContent() {
        var text = "hi".repeat(9_000);
        var base64 = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
        var id =
                emails.kept(
                        emails.email(
                                TO
                                        + "'attachments':[{'filename':'=?utf-8?B?w6QudHh0?=','path':'Data:text/plain;base64,"
                                        + base64
                                        + "'}],"));
        var file = files(id).get(0);
        assertThat(download(file)).asString(UTF_8).isEqualTo(text);
        assertThat(file.path("filename").asText()).isEqualTo("ä.txt");
    }

    /** Decoded once and encoded anew; what only looks like one comes back as it is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    =?UTF-8?B?R3LDvMOfZQ==?=                            | Grüße
                    =?utf-8?Q?Gr=C3=BC=C3=9Fe?= =?utf-8?Q?_an_alle?= ok | Grüße an alle ok
                    Grüße =?iso-8859-1?q?=FC?=                          | Grüße ü
                    =?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fa=3F=3D?=               | =?UTF-8?Q?a?=
                    =?x-unknown?Q?a?= and =?                            | =?x-unknown?Q?a?= and =?
                    =?UTF-8?B?/w==?= and =?UTF-8?B?w6Q=?=               | =?UTF-8?B?/w==?= and =?UTF-8?B?w6Q=?=
                    """)
    void anEncodedWordIsRead(String written, String meant) {
        var id =
                emails.kept(
                        json(
                                "{'from':'content@example.org','to':'g@example.org','text':'t','subject':'"
                                        + written
                                        + "','headers':{'Subject':'"
                                        + written
                                        + "'}}"));
        assertThat(emails.get(id).path("subject").asText()).isEqualTo(meant);
    }

    @Test
    void anEncodedWordThatWouldBeginALineIsRefused() {
        var answer =
                emails.post(
                        json(
                                "{'from':'content@example.org','to':'g@example.org','text':'t',"
                                        + "'subject':'=?UTF-8?B?DQpCY2M6eEB5Lno=?='}"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("subject");
    }

    @Test
    void aThreadIsContinuedAndAListIsLeft() {
        var id =
                emails.kept(
                        emails.email(
                                TO
                                        + """
                                        'message_id':'<two@example.org>','headers':{'In-Reply-To':'<one@example.org>'},
                                        'unsubscribe':{'urls':['https://example.org/u'],'one_click':true},
                                        """));

        assertThat(emails.raw(id))
                .contains(
                        "\r\nMessage-ID: <two@example.org>\r\n",
                        "\r\nIn-Reply-To: <one@example.org>\r\n",
                        "\r\nReferences: <one@example.org>\r\n",
                        "\r\nList-Unsubscribe: <https://example.org/u>\r\n",
                        "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
        assertThat(emails.get(id).path("message_id").asText()).isEqualTo("<two@example.org>");
    }

    @Test
    void anInvitationIsAnAlternative() {
        var ics =
                String.join(
                        "\\r\\n",
                        "BEGIN:VCALENDAR",
                        "VERSION:2.0",
                        "PRODID:x",
                        "METHOD:REQUEST",
                        "BEGIN:VEVENT",
                        "UID:1",
                        "DTSTAMP:20260101T000000Z",
                        "DTSTART:20260101T000000Z",
                        "END:VEVENT",
                        "END:VCALENDAR",
                        "");
        var id =
                emails.kept(
                        emails.email(
                                TO + "'invitation':{'method':'REQUEST','ics':'" + ics + "'},"));

        assertThat(emails.raw(id))
                .containsPattern(
                        "text/calendar;[^;]*method=REQUEST|text/calendar; *charset=utf-8; *method=REQUEST");
    }

    @Test
    void aRawMessageKeepsItsBytes() {
        var message =
                """
                From: content@example.org
                To: g@example.org
                Bcc: b@example.org
                Subject: Raw =?utf-8?q?=C3=BC?=
                X-Own:  two  spaces

                Body.
                """
                        .replace("\n", "\r\n");
        var id =
                kept(
                        emails.api()
                                .send(
                                        emails.api()
                                                .request("/emails/raw")
                                                .header("Content-Type", "message/rfc822")
                                                .POST(BodyPublishers.ofString(message))));
        var again =
                kept(
                        emails.api()
                                .post(
                                        "/emails/raw",
                                        json(
                                                "{'raw':'"
                                                        + Base64.getEncoder()
                                                                .encodeToString(
                                                                        message.getBytes(UTF_8))
                                                        + "','to':['only@example.org']}")));

        assertThat(emails.raw(id))
                .endsWith(message.replace("Bcc: b@example.org\r\n", ""))
                .contains("Message-ID: <" + id + "@example.org>\r\n", "Date: ");
        assertThat(emails.get(id).path("subject").asText()).isEqualTo("Raw ü");
        assertThat(emails.get(id).path("text").asText()).isEqualTo("Body.");
        assertThat(emails.get(id).path("to")).hasSize(2);
        assertThat(emails.get(again).path("to").get(0).asText()).isEqualTo("only@example.org");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                             | raw
                    {'raw':'To: a@example.org\\r\\n\\r\\nx'}       | From
                    {'raw':'From: content@example.org\\n\\nx'}     | raw
                    {'raw':'From: content@example.org\\r\\n\\r\\nx'} | to
                    {'raw':'From: ceo@bank.example <content@example.org>\\r\\n\\r\\nx'} | From
                    {'raw':'From: content@example.org\\r\\nSender: a@bank.example\\r\\n\\r\\nx'} | Sender
                    {'raw':'From: content@example.org\\r\\nReceived: x\\r\\n\\r\\nx'} | Received
                    """,
            quoteCharacter = '`')
    void whatIsWrongWithARawMessageIsNamed(String body, String field) {
        var answer = emails.api().post("/emails/raw", json(body));

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().path("errors").get(0).path("field").asText()).isEqualTo(field);
    }

    @Test
    void twentyFiveMegabytesGoThroughAsTheyAre() {
        var octets = new byte[25 * 1024 * 1024];
        for (var i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i * 31 + (i >> 8));
        }
        var id =
                emails.kept(
                        emails.email(
                                TO
                                        + "'attachments':[{'filename':'big','content':'"
                                        + Base64.getEncoder().encodeToString(octets)
                                        + "'}],"));

        assertThat(download(files(id).get(0))).isEqualTo(octets);
    }

    private static String kept(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("id").asText();
    }

    private static JsonNode files(String id) {
        return emails.api().get("/emails/" + id + "/attachments").json().path("data");
    }

    private static byte[] download(JsonNode file) {
        return emails.api().get(file.path("download_url").asText()).response().body();
    }
}
