package dev.postrider.door.api.send;

import static dev.postrider.door.api.send.EmailApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api.Answer;
import dev.postrider.postgres.NewId;
import dev.postrider.rig.Parallel;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that is repeated under its key is done once. */
@QuarkusTest
class IdempotencyTest {
    private static final String KEY = "Idempotency-Key";
    private static EmailApi emails;

    @BeforeAll
    static void connect() {
        emails = new EmailApi("idempotency@example.org");
    }

    @AfterAll
    static void disconnect() {
        emails.close();
    }

    @Test
    void aRepeatIsAnsweredLikeTheFirst() {
        var before = count();
        var key = NewId.get().toString();
        var first = post(key, emails.email());
        var repeat = post(key, emails.email());

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(repeat.status()).isEqualTo(200);
        assertThat(repeat.text()).isEqualTo(first.text());
        assertThat(count()).isEqualTo(before + 1);
    }

    @Test
    void theSameInOtherWordsIsARepeat() {
        var key = NewId.get().toString();
        var one =
                "'attachments':[{'filename':'a','content':'aGk='}],'to':'a@example.org','text':'t',";
        var other =
                "'text' : 't', 'to':'a@example.org','attachments':[{'content':[104,105],'filename':'a'}],";

        assertThat(post(key, emails.email(one)).text())
                .isEqualTo(post(key, emails.email(other)).text());
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() {
        var key = NewId.get().toString();
        post(key, emails.email());
        var other = post(key, emails.email("'to':'other@example.org','text':'t',"));

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().path("name").asText()).isEqualTo("invalid_idempotent_request");
    }

    @Test
    void whatWasRejectedMayBeMendedUnderTheSameKey() {
        var key = NewId.get().toString();
        assertThat(post(key, emails.email("'to':'nobody','text':'t',")).status()).isEqualTo(422);

        assertThat(post(key, emails.email()).status()).isEqualTo(200);
    }

    @Test
    void repeatsInParallelKeepOneEmail() throws Exception {
        var key = NewId.get().toString();
        var before = count();

        var answers = Parallel.times(16, () -> post(key, emails.email()));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers.stream().map(Answer::text).collect(Collectors.toSet())).hasSize(1);
        assertThat(count()).isEqualTo(before + 1);
    }

    @Test
    void aRepeatNeedsNoMailboxAnyMore() {
        var key = NewId.get().toString();
        Answer first;
        try (var gone = new EmailApi("gone@example.org")) {
            first = gone.post("/emails", KEY, key, gone.email());
            gone.sent(first.json().path("id").asText());
        }
        var repeat =
                post(key, emails.email().replace("idempotency@example.org", "gone@example.org"));

        assertThat(repeat.text()).isEqualTo(first.text());
    }

    @Test
    void aBatchIsRepeatedAsAWhole() {
        var key = NewId.get().toString();
        var body = "[" + emails.email() + "," + emails.email() + "]";
        var first = emails.post("/emails/batch", KEY, key, body);
        var repeat = emails.post("/emails/batch", KEY, key, body);

        assertThat(first.json().path("data")).as(first.text()).hasSize(2);
        assertThat(repeat.text()).isEqualTo(first.text());
    }

    @Test
    void theFirstRouteIsRepeatedToo() {
        var key = NewId.get().toString();
        var body = json("{'to':'a@example.org','subject':'s','message':'m'}");
        var first = emails.post("/smtp/send-email", KEY, key, body);
        var repeat = emails.post("/smtp/send-email", KEY, key, body);
        var other = emails.post("/smtp/send-email", KEY, key, body.replace("\"m\"", "\"n\""));

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(repeat.text()).isEqualTo(first.text());
        assertThat(other.json().path("name").asText()).isEqualTo("invalid_idempotent_request");
        assertThat(emails.post("/smtp/send-email", KEY, "k".repeat(257), body).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 256})
    void aKeyMayBeSoLong(int length) {
        var key = NewId.get().toString().repeat(8).substring(0, length);

        assertThat(
                        post(key, emails.email("'to':'a@example.org','text':'" + length + "',"))
                                .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257})
    void aKeyMayBeNeitherEmptyNorLonger(int length) {
        var answer = post("k".repeat(length), emails.email());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("name").asText()).isEqualTo("invalid_idempotency_key");
    }

    private static Answer post(String key, String body) {
        return emails.post("/emails", KEY, key, body);
    }

    private static int count() {
        return emails.api()
                .get("/emails?limit=100&mailbox_id=" + emails.mailbox())
                .json()
                .path("data")
                .size();
    }
}
