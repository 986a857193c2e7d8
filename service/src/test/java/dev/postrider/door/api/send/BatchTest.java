package dev.postrider.door.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /emails/batch}, all or none, or the good ones. */
@QuarkusTest
class BatchTest {
    private static EmailApi emails;

    @BeforeAll
    static void connect() {
        emails = new EmailApi("batch@example.org");
    }

    @AfterAll
    static void disconnect() {
        emails.close();
    }

    @Test
    void aHundredAreKept() {
        var answer = batch("strict", hundred(emails.email()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("data")).hasSize(100);
        assertThat(answer.json().has("errors")).isFalse();
        emails.sent(answer.json().path("data").get(99).path("id").asText());
    }

    @Test
    void aHundredAndOneAreTooMany() {
        var answer =
                batch(
                        "strict",
                        hundred(emails.email()).replaceFirst("\\[", "[" + emails.email() + ","));

        assertThat(answer.status()).isEqualTo(422);
    }

    @Test
    void oneBadOneKeepsAllOut() {
        var good = emails.email("'to':'count@example.org','text':'t',");
        var answer = batch("strict", "[" + good + "," + bad() + "]");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").get(0).path("field").asText())
                .isEqualTo("emails[1].to");
        assertThat(count()).isZero();
    }

    @Test
    void thePermissiveKeepsTheGoodOnes() {
        var answer = batch("permissive", "[" + bad() + "," + emails.email() + ",7]");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("data")).hasSize(1);
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("index").asInt())
                .containsExactly(0, 2);
        assertThat(answer.json().path("errors").get(0).path("message").asText()).startsWith("to: ");
    }

    @Test
    void thePermissiveMayKeepNone() {
        var answer = batch("permissive", "[" + bad() + "]");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "7"})
    void whatIsNoListOfEmailsIsRefused(String body) {
        assertThat(batch("strict", body).status()).isEqualTo(422);
    }

    @Test
    void noOtherValidationIsKnown() {
        assertThat(batch("lenient", "[" + emails.email() + "]").status()).isEqualTo(422);
    }

    private static String bad() {
        return emails.email("'to':'nobody','text':'t',");
    }

    private static String hundred(String email) {
        return "[" + String.join(",", Collections.nCopies(100, email)) + "]";
    }

    private static Answer batch(String validation, String body) {
        return emails.post("/emails/batch", "x-batch-validation", validation, body);
    }

    private static int count() {
        return emails.api()
                .get("/emails?limit=100&recipient=count@example.org")
                .json()
                .path("data")
                .size();
    }
}
