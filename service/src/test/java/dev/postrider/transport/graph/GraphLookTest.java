package dev.postrider.transport.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.Gate;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import dev.postrider.transport.api.ApiRig;
import dev.postrider.transport.api.PlayedTokens;
import dev.postrider.transport.api.TestTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Sent Items says of an email whose answer was lost, and what it doesn't. */
@ExtendWith(TestDatabase.class)
@Timeout(120)
final class GraphLookTest {
    private static final Set<String> SETTLE = Set.of("mail.send", "mail.readbasic");
    private static final Set<String> READ = Set.of("mail.send", "mail.read");

    @SuppressWarnings("NullAway.Init") // for each test
    private static FakeMicrosoft microsoft;

    private final Database database;
    private ApiRig rig;

    GraphLookTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void open() throws Exception {
        microsoft = FakeMicrosoft.start();
        microsoft.account(ApiRig.ANN);
        microsoft.limits().unlimited(MicrosoftLimit.MESSAGES_A_MINUTE);
        microsoft.limits().set(MicrosoftLimit.SENT_AFTER_SECONDS, 0);
        microsoft.switches().turn(MicrosoftSwitch.KEEPS_MESSAGE_ID, true);
        microsoft.switches().turn(MicrosoftSwitch.SENT_ITEMS_HAVE_HEADERS, false);
        rig =
                new ApiRig(
                        database,
                        "microsoft",
                        microsoft.base(),
                        new TestTokens(scopes -> PlayedTokens.of(microsoft, scopes), SETTLE),
                        ApiRig.client(),
                        GraphKind::new);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        microsoft.close();
    }

    @Test
    void anAnswerThatWasLostIsFoundByItsMessageId() throws Exception {
        var email = lost();
        assertThat(rig.reason(email))
                .contains("the answer was lost, so it may have been sent")
                .contains("ended the connection before it had answered")
                .doesNotContain("can't be reached");

        rig.look(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.flow.lanes().row(email).get("provider_message")).isNotNull();
        assertThat(accepted(email)).isEqualTo(1);
    }

    /** The node that had it waits for its answer, and has lost its lease. */
    @Test
    void aNodeThatTakesOverFindsInSentItemsWhatTheOtherSent() throws Exception {
        var gate = new Gate();
        microsoft.faults().next(MicrosoftEndpoint.SEND_MAIL, new Fault.AcceptThenHold(gate));
        var email = rig.flow.lanes().queue(rig.lane);
        rig.flow.wakeups().laneWoken(rig.lane);
        gate.awaitArrival();
        try (var other = rig.flow.start("other")) {
            rig.flow.settledAfter(email, () -> rig.flow.lanes().endLease(rig.lane));
            gate.open();
            rig.look(email);
        }
        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.flow.lanes().attempts(email)).containsExactly("1 unknown", "2 accepted");
        assertThat(accepted(email)).isEqualTo(1);
    }

    /** Transport takes its time; until then a copy that is missing says nothing. */
    @Test
    void aCopyThatComesLateIsWaitedFor() throws Exception {
        microsoft.limits().set(MicrosoftLimit.SENT_AFTER_SECONDS, 60);
        var email = lost();

        rig.lookInVain(email, "isn't in the mailbox's sent mail yet");
        assertThat(rig.flow.lanes().attempts(email)).as("no attempt").containsExactly("1 unknown");

        microsoft.clock().advance(Duration.ofSeconds(61));
        rig.look(email);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(accepted(email)).isEqualTo(1);
    }

    @Test
    void whatMicrosoftCallsOtherwiseIsFoundByItsFieldOnALaterPage() throws Exception {
        microsoft.switches().turn(MicrosoftSwitch.KEEPS_MESSAGE_ID, false);
        microsoft.switches().turn(MicrosoftSwitch.SENT_ITEMS_HAVE_HEADERS, true);
        var email = lost();
        sendOthers(60);

        rig.look(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(accepted(email)).isEqualTo(1);
    }

    @Test
    void aHeaderThatIsLeftOutIsReadInTheMessageWhereTheGrantAllowsIt() throws Exception {
        microsoft.switches().turn(MicrosoftSwitch.KEEPS_MESSAGE_ID, false);
        rig.tokens.allow(READ);
        var email = lost();
        sendOthers(3);

        rig.look(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(accepted(email)).isEqualTo(1);
    }

    /** One of the items may be it. */
    @Test
    void anItemThatNobodyMayReadLeavesItUnknownAndNothingIsSent() throws Exception {
        microsoft.switches().turn(MicrosoftSwitch.KEEPS_MESSAGE_ID, false);
        var email = lost();

        rig.lookInVain(email, "the header of some");
        rig.lookSettled(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("unknown");
        assertThat(rig.reason(email)).contains("not all of the mailbox's sent mail");
        assertThat(accepted(email)).isEqualTo(1);
        assertThat(rig.flow.mailbox(rig.lane))
                .as("nothing of its login")
                .containsEntry("state", "active");
    }

    @Test
    void aLookThatCameToItsBoundLeavesItUnknownAndNothingIsSent() throws Exception {
        microsoft.switches().turn(MicrosoftSwitch.KEEPS_MESSAGE_ID, false);
        microsoft.switches().turn(MicrosoftSwitch.SENT_ITEMS_HAVE_HEADERS, true);
        var email = lost();
        sendOthers(501);

        rig.lookSettled(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("unknown");
        assertThat(rig.reason(email)).contains("more than 500 messages since");
        assertThat(accepted(email)).isEqualTo(1);
    }

    @Test
    void whatIsNotThereAfterAWhileIsSentOnceMore() throws Exception {
        microsoft.faults().next(MicrosoftEndpoint.SEND_MAIL, Fault.resetAfterBody());
        var email = rig.flow.send(rig.lane);
        assertThat(accepted(email)).isZero();

        rig.lookInVain(email, "isn't in the mailbox's sent mail yet");
        rig.lookSettled(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(accepted(email)).isEqualTo(1);
    }

    /** A page with 200 of something in between is no list without our email. */
    @Test
    void aPageInsteadOfAListSaysNothing() throws Exception {
        var email = lost();
        microsoft.faults().next(MicrosoftEndpoint.FOLDER_MESSAGES, Fault.html(200));

        rig.lookInVain(email, "isn't one of its API");
        rig.lookSettled(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(accepted(email)).isEqualTo(1);
    }

    private EmailKey lost() throws InterruptedException {
        microsoft.faults().next(MicrosoftEndpoint.SEND_MAIL, Fault.acceptThenReset());
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().attempts(email)).containsExactly("1 unknown");
        return email;
    }

    /** From the same mailbox, by somebody else, later. */
    private static void sendOthers(int count) throws Exception {
        var token = PlayedTokens.of(microsoft, Set.of("mail.send"));
        var message =
                Base64.getEncoder()
                        .encodeToString(
                                "To: eve@example.org\r\nSubject: Other\r\n\r\nHello\r\n"
                                        .getBytes(UTF_8));
        microsoft.clock().advance(Duration.ofSeconds(1));
        try (var client = HttpClient.newHttpClient()) {
            for (var i = 0; i < count; i++) {
                var request =
                        HttpRequest.newBuilder(URI.create(microsoft.base() + "/v1.0/me/sendMail"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString(message))
                                .build();
                var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            }
        }
    }

    private static int accepted(EmailKey email) {
        return microsoft.accepted().with("X-Postrider-Id", email.id().toString());
    }
}
