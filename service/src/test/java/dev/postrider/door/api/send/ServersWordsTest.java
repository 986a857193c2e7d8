package dev.postrider.door.api.send;

import static dev.postrider.door.api.send.EmailApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers are told of a mailbox's server, and in whose words. */
@QuarkusTest
class ServersWordsTest {
    private static final String FROM = "words@example.org";
    private static final SinkOptions WILLING = SinkOptions.standard();

    private final Api api =
            Api.underTest().loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);
    private final List<SunkMessage> taken = new CopyOnWriteArrayList<>();
    private String mailbox = "";
    private final List<Sink> sinks = new ArrayList<>();

    @Inject MeterRegistry registry;

    @AfterEach
    void disconnect() {
        api.delete("/mailboxes/" + mailbox + "?force=true");
        sinks.forEach(Sink::close);
    }

    /** Only who needs SMTPUTF8 goes without, and the reply says so (RFC 6531 section 3.5). */
    @Test
    void oneBlindRecipientThatNeedsSmtpUtf8KeepsNobodyElseFromTheEmail() {
        connect(WILLING, "");

        var email = ended(send("'to':'a@example.net','bcc':['jörg@example.net','b@example.net'],"));

        assertThat(email.path("state").asText()).isEqualTo("sent");
        assertThat(states(email)).containsExactly("accepted", "refused", "accepted");
        assertThat(email.path("recipients").get(1).path("reply").asText())
                .isEqualTo("The server doesn't offer SMTPUTF8, which this address needs.");
        assertThat(taken)
                .singleElement()
                .satisfies(one ->
                        assertThat(one.recipients())
                                .containsExactly("a@example.net", "b@example.net"));
    }

    @Test
    void anEmailThatNeedsSmtpUtf8AsAWholeNamesWhoNeedsIt() {
        connect(WILLING, "");

        var email = ended(send("'to':['a@example.net','jörg@example.net'],"));

        assertThat(email.path("state").asText()).isEqualTo("refused");
        assertThat(email.path("reason").asText())
                .isEqualTo("The server doesn't offer SMTPUTF8, which jörg@example.net needs.");
    }

    @Test
    void whatIsTriedAgainSaysWhatTheServerSaid() {
        connect(
                WILLING.behaving(
                        new Behaviour() {
                            @Override
                            public String recipient(String address) {
                                return "451 4.7.1 Greylisted, come back";
                            }
                        }),
                "");
        var id = send("'to':'a@example.net',");

        var waiting =
                shown(id, email -> email.path("waiting").path("for").asText().equals("retry"))
                        .path("waiting");

        assertThat(waiting.path("detail").asText())
                .isEqualTo("The server asks to try again later: 451 4.7.1 Greylisted, come back");
    }

    @Test
    void whatWaitsForALimitSaysWhatTheServerSaid() {
        connect(
                WILLING.behaving(
                        new Behaviour() {
                            @Override
                            public String message(SunkMessage message) {
                                return "554 5.2.0 STOREDRV.Submission; SubmissionQuotaExceeded";
                            }
                        }),
                "");
        var id = send("'to':'a@example.net',");

        // the attempt is settled first, and its mailbox rests a moment later
        var waiting = shown(id, ServersWordsTest::waitsForALimit).path("waiting");

        assertThat(waiting.path("detail").asText()).contains("SubmissionQuotaExceeded");
    }

    @Test
    void aServerThatCantBeTalkedToLeavesAnEmailThatIsShownAsFailed() {
        connect(
                WILLING.behaving(
                        new Behaviour() {
                            @Override
                            public String greeting(long open) {
                                return "What?";
                            }
                        }),
                "");

        var answer = sendAndWait();

        assertThat(answer.status()).as(answer.text()).isEqualTo(502);
        var words = answer.json().path("detail").asText();
        assertThat(words).doesNotContain("not kept");
        var id = words.replaceAll("(?s).*GET /emails/([0-9a-f-]+) shows it as failed\\.$", "$1");
        assertThat(get(id).path("state").asText()).isEqualTo("failed");
    }

    /** What is not kept has no state, so it doesn't count as failed either. */
    @Test
    void aRefusedLoginKeepsNoEmailAndCountsNone() {
        connect(WILLING.withUser("ann", "right"), ",'username':'ann','password':'wrong'");
        var failed = finished("failed");

        var answer = sendAndWait();

        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.json().path("detail").asText()).endsWith("This email is not kept.");
        assertThat(api.get("/emails?mailbox_id=" + mailbox).json().path("data")).isEmpty();
        assertThat(finished("failed")).isEqualTo(failed);
    }

    @Test
    void aBareFromHasTheMailboxsName() {
        connect(WILLING, "");

        ended(send("'to':'a@example.net',"));

        assertThat(taken.getFirst().text()).contains("\r\nFrom: \"Ann, Words\" <" + FROM + ">\r\n");
    }

    @Test
    void aServerThatWantsALoginWhereNoneIsStoredIsWarnedOf() {
        connect(WILLING.withUser("ann", "right"), "");

        var verification = api.post("/mailboxes/" + mailbox + "/verify", "{}").json();

        assertThat(verification.path("ok").asBoolean()).isTrue();
        assertThat(verification.path("warning").asText()).contains("login");
    }

    @Test
    void whatIsDisregardedOfAServerIsShownAndStays() {
        connect(WILLING.with("CHUNKING"), ",'disregard':[' chunking ','Auth Login','CHUNKING']");

        api.patch("/mailboxes/" + mailbox, json("{'smtp':{'tls':'none'}}"));

        assertThat(api.get("/mailboxes/" + mailbox).json().path("smtp").path("disregard"))
                .extracting(JsonNode::asText)
                .containsExactly("CHUNKING", "AUTH LOGIN");
    }

    private static boolean waitsForALimit(JsonNode email) {
        return email.path("waiting").path("for").asText().equals("limit");
    }

    private void connect(SinkOptions options, String more) {
        var sink = Sink.start(options.recording(taken::add));
        sinks.add(sink);
        var answer =
                api.post(
                        "/mailboxes",
                        json(
                                "{'address':'%s','display_name':'Ann, Words','provider':'smtp','default':true,"
                                                .formatted(FROM)
                                        + "'smtp':{'host':'127.0.0.1','port':%d,'tls':'none'%s}}"
                                                .formatted(sink.port(), more)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        mailbox = answer.json().path("id").asText();
    }

    private String send(String more) {
        var answer =
                api.post(
                        "/emails",
                        json("{" + more + "'from':'" + FROM + "','subject':'s','text':'t'}"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("id").asText();
    }

    private Answer sendAndWait() {
        return api.post(
                "/smtp/send-email", json("{'to':'a@example.net','subject':'s','message':'t'}"));
    }

    private JsonNode get(String id) {
        return api.get("/emails/" + id).json();
    }

    private JsonNode ended(String id) {
        return shown(id, email -> !email.path("finished_at").isNull());
    }

    /** The email once it is so; nothing outside the program signals that. */
    private JsonNode shown(String id, Predicate<JsonNode> isSo) {
        var end = Instant.now().plusSeconds(30);
        while (true) {
            var email = get(id);
            if (isSo.test(email)) {
                return email;
            }
            assertThat(Instant.now()).as(email.toString()).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static List<String> states(JsonNode email) {
        return email.path("recipients")
                .valueStream()
                .map(recipient -> recipient.path("state").asText())
                .toList();
    }

    private double finished(String state) {
        var counter = registry.find("postrider.emails.finished").tag("state", state).counter();
        return counter == null ? 0 : counter.count();
    }
}
