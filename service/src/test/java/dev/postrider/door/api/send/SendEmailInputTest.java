package dev.postrider.door.api.send;

import static dev.postrider.http.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, {@code POST /smtp/send-email} has an answer that says what is wrong. */
@QuarkusTest
class SendEmailInputTest {
    private static final String PATH = "/smtp/send-email";
    private static final String GOOD =
            "{\"to\":\"bob@example.org\",\"subject\":\"Hello\",\"message\":\"Hello\"}";

    private static Api api;
    private static String mailbox = "";

    @BeforeAll
    static void connect() {
        api = Api.underTest().loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);
        var answer =
                api.post(
                        "/mailboxes",
                        "{\"address\":\"input@example.org\",\"provider\":\"sandbox\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        mailbox = answer.json().path("id").asText();
    }

    @AfterAll
    static void disconnect() {
        assertThat(api.delete("/mailboxes/" + mailbox + "?force=true").status()).isEqualTo(200);
    }

    @Test
    void aGoodOneIsSent() {
        var answer = api.post(PATH, GOOD);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** A mailbox of another kind is none. */
    @ParameterizedTest
    @CsvSource({
        "gmail,     No Gmail account found. Please connect your account with Google.",
        "microsoft, No Microsoft account found. Please connect your account with Microsoft."
    })
    void eachRouteSendsThroughMailboxesOfItsOwnKind(String route, String words) {
        var answer = api.post("/" + route + "/send-email", GOOD);

        assertProblem(answer, 404, "no_mailbox");
        assertThat(answer.json().path("detail").asText()).isEqualTo(words);
    }

    @Test
    void unknownFieldsAreIgnored() {
        var answer = api.post(PATH, GOOD.replace("{", "{\"colour\":\"blue\",\"cc\":[1,{}],"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}",
                "hello",
                "null",
                "[]",
                "\"text\"",
                "17",
                "{\"to\":\"bob@example.org\",}",
                "{'to':'bob@example.org'}",
                "{\"to\":\"a@example.org\",\"to\":\"b@example.org\",\"subject\":\"s\",\"message\":\"m\"}",
                "{\"to\":\"bob@example.org\"} trailing"
            })
    void aBodyThatIsNoJsonObjectIsMalformed(String body) {
        assertProblem(api.post(PATH, body), 422, "malformed_body");
    }

    @Test
    void nestingWithoutEndIsMalformed() {
        assertProblem(api.post(PATH, "{\"to\":" + "[".repeat(10_000)), 422, "malformed_body");
    }

    @Test
    void aBodyThatIsNotUtf8IsMalformed() {
        var latin1 = GOOD.replace("Hello", "Grüße").getBytes(StandardCharsets.ISO_8859_1);

        assertProblem(post(latin1, "application/json"), 422, "malformed_body");
    }

    @Test
    void thirtyMegabytesAreTooLarge() {
        var huge =
                GOOD.replace(
                        "\"message\":\"Hello\"", "\"message\":\"" + "x".repeat(30 << 20) + "\"");

        assertProblem(api.post(PATH, huge), 413, "body_too_large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "nonsense"
            })
    void anotherMediaTypeIsNotRead(String type) {
        assertProblem(
                post(GOOD.getBytes(StandardCharsets.UTF_8), type), 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                                     | to, subject, message
                    {"to":null,"subject":null,"message":null}              | to, subject, message
                    {"to":"bob@example.org"}                               | subject, message
                    {"to":1,"subject":true,"message":{}}                   | to, subject, message
                    {"to":["bob@example.org"],"subject":"s","message":"m"} | to
                    {"to":"bob@example.org","subject":["s"],"message":[]}  | subject, message
                    """)
    void eachFieldAtFaultIsNamed(String body, String fields) {
        var answer = api.post(PATH, body);

        assertProblem(answer, 422, "invalid_input");
        assertThat(fieldsOf(answer)).containsExactlyInAnyOrder(fields.split(", "));
    }

    /** Written as in JSON. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "bob",
                "@example.org",
                "bob@",
                "bob@@example.org",
                "bob@exa mple.org",
                "bob example@example.org",
                "bob@example..org",
                "bob@-example.org",
                "bob@example.org, eve@example.org",
                "Bob <bob@example.org",
                "<>",
                "bob@example.org\\r\\nBcc: eve@example.org",
                "bob@example.org\\nRCPT TO:<eve@example.org>",
                "bob\\u0000@example.org",
                "bob\\ud800@example.org",
                "Bob\\r\\nBcc: eve@example.org <bob@example.org>",
                "\\\"Bob\\u0000\\\" <bob@example.org>"
            })
    void whatIsNoAddressIsSaidToBeNone(String to) {
        var answer = api.post(PATH, GOOD.replace("bob@example.org", to));

        assertProblem(answer, 422, "invalid_input");
        assertThat(fieldsOf(answer)).containsExactly("to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\\r\\nBcc: eve@example.org",
                "a\\nb",
                "a\\rb",
                "a\\u0000b",
                "a\\ud800b",
                "a\\udc00"
            })
    void aSubjectThatCouldBeMoreThanASubjectIsRefused(String subject) {
        var answer =
                api.post(
                        PATH,
                        GOOD.replace("\"subject\":\"Hello\"", "\"subject\":\"" + subject + "\""));

        assertProblem(answer, 422, "invalid_input");
        assertThat(fieldsOf(answer)).containsExactly("subject");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "a\\ud800b"})
    void aTextThatNoMailCanCarryIsRefused(String text) {
        var answer =
                api.post(
                        PATH,
                        GOOD.replace("\"message\":\"Hello\"", "\"message\":\"" + text + "\""));

        assertProblem(answer, 422, "invalid_input");
        assertThat(fieldsOf(answer)).containsExactly("message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/problem+json", "application/json, application/problem+json"})
    void whoAsksForProblemJsonGetsIt(String accept) {
        var asked =
                api.send(
                        api.request(PATH)
                                .header("Content-Type", "application/json")
                                .header("Accept", accept)
                                .POST(BodyPublishers.ofString("{}")));

        assertProblem(asked, 422, "invalid_input");
        assertThat(asked.header("Content-Type")).startsWith("application/problem+json");
        assertThat(api.post(PATH, "{}").header("Content-Type")).startsWith("application/json");
    }

    @Test
    void withoutATokenNothingIsReadAtAll() {
        var answer = Api.underTest().post(PATH, "{");

        assertProblem(answer, 401, "missing_token");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    private static Answer post(byte[] body, String type) {
        return api.send(
                api.request(PATH)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    private static List<String> fieldsOf(Answer answer) {
        return StreamSupport.stream(answer.json().path("errors").spliterator(), false)
                .map(error -> error.path("field").asText())
                .distinct()
                .toList();
    }
}
