package dev.postrider.door.api.send;

import static dev.postrider.door.api.send.EmailApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the mail transports of frameworks post, in their own words and with their oddities. */
@QuarkusTest
class FrameworkRequestsTest {
    private static final String ME = "frameworks@example.org";

    private static EmailApi emails;

    @BeforeAll
    static void connect() {
        emails = new EmailApi(ME);
    }

    @AfterAll
    static void disconnect() {
        emails.close();
    }

    /** PHP writes an object without names as an empty list, and escapes slashes. */
    @Test
    void laravel() {
        var id =
                kept(
                        """
                        {'bcc':[],'cc':[],'from':'\\"Ada, Countess\\" <frameworks@example.org>',
                         'headers':[],'html':'<p>Gr\\u00fc\\u00dfe<\\/p>','reply_to':[],
                         'subject':'Your invoice','text':null,'to':['grace@example.org'],
                         'attachments':[{'content_type':'application\\/pdf','filename':'a.pdf',
                           'content':'JVBERi0xLjcKJcfsj6I\\/'},
                          {'content_type':'text\\/calendar','filename':'i.ics',
                           'content':'BEGIN:VCALENDAR\\r\\nEND:VCALENDAR\\r\\n'}]}
                        """);
        assertThat(emails.get(id).path("html").asText()).contains("Grüße</p>");
        assertThat(files(id, "size")).containsExactly("15", "32");
    }

    @Test
    void laravelWithAReturnPath() {
        kept(
                """
                {'from':'frameworks@example.org','to':['grace@example.org'],'subject':'s','html':'h',
                 'text':null,'cc':[],'bcc':[],'reply_to':[],'attachments':[],
                 'headers':{'Return-Path':'<frameworks@example.org>','X-Priority':'1'}}
                """);
    }

    @Test
    void symfony() {
        var id =
                kept(
                        """
                        {'from':'Ada <frameworks@example.org>','to':['Grace <grace@example.org>'],
                         'subject':'s','text':'t','reply_to':['r@example.org'],
                         'headers':{'Message-ID':'<one@symfony.example>','Date':'Thu, 26 Nov 2026 15:00:00 +0000',
                           'Reply-To':'r@example.org','X-Tag':'a'},
                         'tags':[{'name':'kind','value':'invoice'}]}
                        """);
        assertThat(emails.get(id).path("message_id").asText()).isEqualTo("<one@symfony.example>");
        assertThat(emails.raw(id))
                .startsWith("Date: Thu, 26 Nov 2026 15:00:00 +0000\r\n")
                .contains("\r\nX-Tag: a\r\n");
    }

    @Test
    void rails() {
        var id =
                kept(
                        """
                        {'from':'frameworks@example.org','to':['grace@example.org'],'subject':'s',
                         'html':'<p>h</p>','text':'t',
                         'headers':{'Date':'Thu, 26 Nov 2026 16:00:00 +0100','Message-ID':'<two@rails.example>',
                           'Mime-Version':'1.0','Sender':'frameworks@example.org'},
                         'attachments':[{'filename':'a.txt','content':[104,105],'content_type':'text/plain'}]}
                        """);
        assertThat(emails.get(id).path("message_id").asText()).isEqualTo("<two@rails.example>");
        assertThat(files(id, "size")).containsExactly("2");
    }

    @Test
    void anymail() {
        var id =
                kept(
                        """
                        {'from':'Ada <frameworks@example.org>','to':['grace@example.org'],'cc':['c@example.org'],
                         'subject':'s','text':'t','html':'<img src=\\"cid:logo\\">',
                         'headers':{'X-Metadata':'{\\"order\\": 17}','X-Tags':'[\\"a\\"]',
                           'Reply-To':'r@example.org, \\"Two, Too\\" <s@example.org>'},
                         'scheduled_at':'%s',
                         'attachments':[{'filename':'l.png','content':'iVBORw0KGgo=','content_type':'image/png',
                           'content_id':'logo'}]}
                        """
                                .formatted(OffsetDateTime.now(ZoneOffset.UTC).plusDays(1)));
        assertThat(emails.get(id).path("reply_to")).hasSize(2);
        assertThat(files(id, "content_disposition")).containsExactly("inline");
    }

    @Test
    void swoosh() {
        kept(
                """
                {'from':'Ada <frameworks@example.org>','to':['Grace <grace@example.org>'],'cc':[],'bcc':[],
                 'reply_to':'r@example.org','subject':'s','html':'<p>h</p>','text':'t',
                 'headers':[{'name':'X-One','value':'1'},{'name':'X-Two','value':'2'}],
                 'attachments':[{'filename':'a.bin','content':'AAEC_-8','content_type':'application/octet-stream'}]}
                """);
    }

    /** Its text and its HTML are empty texts where there are none. */
    @Test
    void nodemailer() {
        kept(
                """
                {'from':'Ada <frameworks@example.org>','to':['grace@example.org'],'cc':'','bcc':[''],
                 'reply_to':'','subject':'s','html':'<p>h</p>','text':'',
                 'attachments':[{'filename':'a.txt','content':{'type':'Buffer','data':[104,105]},
                   'contentType':'text/plain','contentId':'x'}]}
                """);
    }

    @Test
    void aHeaderMayHaveSeveralValues() {
        var id = kept(email("'headers':{'X-Many':['1','2']}"));
        assertThat(emails.raw(id)).contains("\r\nX-Many: 1\r\nX-Many: 2\r\n");
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
                    'headers':{'Date':'yesterday'}                                         | headers[Date]
                    'scheduledAt':'in 1 hour'                                              | scheduledAt
                    'scheduled-at':'in 1 hour'                                             | scheduled-at
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

    private static String kept(String body) {
        Answer answer = emails.post(json(body));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("id").asText();
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
