package dev.postrider.transport.gmail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.credential.grant.TokenResult;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.transport.api.ApiRig;
import dev.postrider.transport.api.PlayedRig;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Emails through a Gmail that is played: it counts what it has accepted, whatever it answered. */
@ExtendWith(TestDatabase.class)
@Timeout(120)
final class GmailFlowTest {
    private static FakeGoogle google;
    private final Database database;
    private PlayedRig rig;

    GmailFlowTest(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start() throws Exception {
        google = FakeGoogle.start();
    }

    @AfterAll
    static void stop() {
        google.close();
    }

    @BeforeEach
    void open() {
        rig = new PlayedRig(database, new PlayedGmail(google), Set.of("gmail.send"));
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void anEmailIsSentOnceAndKeepsGooglesIds() throws Exception {
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(1);
        var sent = rig.last();
        assertThat(rig.flow.lanes().row(email))
                .containsEntry("provider_message", sent.id())
                .containsEntry("provider_thread", sent.threadId());
        assertThat(rig.flow.lanes().attempts(email)).containsExactly("1 accepted");
    }

    /** The stored content has no Bcc: here it is put before it, and Google takes it out. */
    @Test
    void whomTheHeaderDoesNotNameIsWrittenToAsBcc() throws Exception {
        var email =
                rig.send(
                        "To: bob@example.org\r\nSubject: Hello",
                        "bob@example.org",
                        "eve@example.org");
        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.last().recipients())
                .containsExactlyInAnyOrder("bob@example.org", "eve@example.org");
        assertThat(rig.last().fields().get("Bcc")).contains("eve@example.org");
    }

    @Test
    void whomTheHeaderNamesInVainIsNotWrittenTo() throws Exception {
        var email =
                rig.send("To: bob@example.org, eve@example.org\r\nSubject: x", "bob@example.org");
        assertThat(rig.flow.lanes().state(email)).isEqualTo("refused");
        assertThat(rig.reason(email)).contains("eve@example.org");
        assertThat(rig.accepted()).isZero();
    }

    @Test
    void googleWouldReplaceAnotherAddressInFrom() throws Exception {
        var email = rig.send("From: sales@example.org\r\nSubject: x", "bob@example.org");
        assertThat(rig.flow.lanes().state(email)).isEqualTo("refused");
        assertThat(rig.accepted()).isZero();
    }

    /** Eight bits pass no decoder of text. */
    @Test
    void everyOctetArrives() throws Exception {
        var key = rig.flow.lanes().newKey();
        var content = new byte[70_000];
        var head = "Subject: Octets\r\nX-Own: 1\r\n\r\n".getBytes(UTF_8);
        for (var i = 0; i < content.length; i++) {
            content[i] = (byte) (i % 251 == 0 ? '\n' : 128 + i % 100);
        }
        System.arraycopy(head, 0, content, 0, head.length);
        rig.flow.send(rig.flow.lanes().email(key, rig.lane, content));
        assertThat(rig.flow.lanes().state(key)).isEqualTo("sent");
        var octets = rig.last().octets();
        assertThat(Arrays.copyOfRange(octets, octets.length - 60_000, octets.length))
                .isEqualTo(Arrays.copyOfRange(content, 10_000, content.length));
    }

    @Test
    void aReplyToWhatWasSentThroughTheMailboxLandsInItsThread() throws Exception {
        var first = rig.send("From: ann@example.org\r\nSubject: Hello", "bob@example.org");
        var thread = rig.last().threadId();
        var reply =
                rig.send(
                        "Subject: Re: Hello\r\nIn-Reply-To: <" + first.id() + "@example.org>",
                        "bob@example.org");
        assertThat(rig.flow.lanes().row(reply)).containsEntry("provider_thread", thread);
    }

    @Test
    void aThreadThatIsGoneIsNoReasonNotToSend() throws Exception {
        var first = rig.send("Subject: Hello", "bob@example.org");
        rig.flow.lanes().run("update email set provider_thread = 'gone' where id = ?", first.id());
        var reply =
                rig.send(
                        "Subject: Re: Hello\r\nIn-Reply-To: <" + first.id() + "@example.org>",
                        "bob@example.org");
        assertThat(rig.flow.lanes().state(reply)).isEqualTo("sent");
        assertThat(rig.accepted(reply)).isEqualTo(1);
    }

    @Test
    void aTokenThatIsRefusedIsRenewedOnce() throws Exception {
        google.grants().expireAccessTokens(google.account(ApiRig.ANN));
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.tokens.renewed).hasValue(1);
        assertThat(rig.flow.lanes().attempts(email)).containsExactly("1 accepted");
    }

    @Test
    void aNewTokenThatIsRefusedTooHoldsTheMailbox() throws Exception {
        rig.tokens.renewals.add(rig.tokens.now());
        google.grants().expireAccessTokens(google.account(ApiRig.ANN));
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("queued");
        assertThat(rig.flow.mailbox(rig.lane)).containsEntry("state", "held");
        assertThat(rig.accepted()).isZero();
    }

    @Test
    void aGrantThatHasEndedHoldsTheMailbox() throws Exception {
        rig.tokens.answer(new TokenResult.Ended("grant_revoked", "Connect it again."));
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("queued");
        assertThat(rig.flow.mailbox(rig.lane))
                .containsEntry("state", "held")
                .containsEntry("reason", "Connect it again.");
    }

    @Test
    void anAppAtFaultHoldsNoMailbox() throws Exception {
        rig.tokens.answer(new TokenResult.AppAtFault("google", "Its secret is wrong."));
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("queued");
        assertThat(rig.flow.mailbox(rig.lane)).containsEntry("state", "active");
        rig.flow.lanes().awaitRest(rig.lane);
    }

    @Test
    void anApiThatIsSwitchedOffIsTheOperatorsFault() throws Exception {
        google.app().enableApi(false);
        try {
            var email = rig.flow.send(rig.lane);
            assertThat(rig.flow.lanes().state(email)).isEqualTo("queued");
            assertThat(rig.flow.mailbox(rig.lane)).containsEntry("state", "active");
            assertThat(rig.tokens.appFaults).hasSize(1);
        } finally {
            google.app().enableApi(true);
        }
    }

    @Test
    void aMissingBoxHoldsTheMailbox() throws Exception {
        rig.tokens.allow(Set.of("gmail.metadata"));
        rig.flow.send(rig.lane);
        assertThat(rig.flow.mailbox(rig.lane)).containsEntry("state", "held");
        assertThat(rig.held()).contains("box");
    }

    @Test
    void aDayThatIsFullLetsTheMailboxRestAsLongAsGoogleSays() throws Exception {
        google.limits().set(GoogleLimit.MESSAGES_A_DAY_IN_WORKSPACE, 0);
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().attempts(email)).containsExactly("1 throttled");
        assertThat(rig.rest()).isGreaterThan(Duration.ofMinutes(4));
        assertThat(rig.accepted()).isZero();
    }

    /** The answer is lost: nobody may send it again before the mailbox was asked. */
    @Test
    void anAnswerThatWasLostIsFoundInSent() throws Exception {
        rig.tokens.allow(Set.of("gmail.send", "gmail.metadata"));
        google.faults().next(GoogleEndpoint.SEND, Fault.acceptThenReset());
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("queued");
        assertThat(rig.flow.lanes().attempts(email)).containsExactly("1 unknown");
        rig.look(email);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.flow.lanes().row(email)).containsEntry("provider_message", rig.last().id());
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    @Test
    void withoutLeaveToLookItIsSentOnceMoreAndNotAThirdTime() throws Exception {
        google.faults().next(GoogleEndpoint.SEND, Fault.acceptThenReset(), Fault.acceptThenReset());
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("queued");
        rig.look(email);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("unknown");
        assertThat(rig.accepted(email)).isEqualTo(2);
    }
}
