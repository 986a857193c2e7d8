package dev.postrider.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUser;
import dev.postrider.transport.api.ApiRig;
import dev.postrider.transport.api.PlayedRig;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Emails through a Microsoft that is played: it counts what it has accepted. */
@ExtendWith(TestDatabase.class)
@Timeout(120)
final class GraphFlowTest {
    private static FakeMicrosoft microsoft;
    private final Database database;
    private PlayedRig rig;

    GraphFlowTest(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start() throws Exception {
        microsoft = FakeMicrosoft.start();
    }

    @AfterAll
    static void stop() {
        microsoft.close();
    }

    @BeforeEach
    void open() {
        rig = new PlayedRig(database, new PlayedGraph(microsoft), Set.of("mail.send", "user.read"));
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void anEmailIsHandedOverOnce() throws Exception {
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(1);
        assertThat(rig.reason(email)).isEqualTo("202 Handed over to Microsoft");
    }

    @Test
    void whomTheHeaderDoesNotNameIsWrittenToAsBcc() throws Exception {
        rig.send("To: bob@example.org\r\nSubject: Hello", "bob@example.org", "eve@example.org");
        assertThat(rig.last().recipients())
                .containsExactlyInAnyOrder("bob@example.org", "eve@example.org");
    }

    @Test
    void whatMicrosoftWouldSendFromAnotherAddressIsNotSent() throws Exception {
        var email = rig.send("From: sales@example.org\r\nSubject: x", "bob@example.org");
        assertThat(rig.flow.lanes().state(email)).isEqualTo("refused");
        assertThat(rig.accepted()).isZero();
    }

    @Test
    void aLargeMessageIsReadWhileItLeaves() throws Exception {
        var key = rig.flow.lanes().newKey();
        rig.flow.send(
                rig.flow.lanes().email(key, rig.lane, rig.flow.lanes().largeContent(2_900_000)));
        assertThat(rig.flow.lanes().state(key)).isEqualTo("sent");
        assertThat(rig.last().octets().length).isGreaterThan(2_890_000);
    }

    @Test
    void oneThatIsTooLargeIsRefusedBeforeItLeaves() throws Exception {
        var key = rig.flow.lanes().newKey();
        rig.flow.send(
                rig.flow.lanes().email(key, rig.lane, rig.flow.lanes().largeContent(3_100_000)));
        assertThat(rig.flow.lanes().state(key)).isEqualTo("refused");
        assertThat(rig.reason(key)).contains("3000000");
        assertThat(rig.accepted()).isZero();
    }

    @Test
    void aTokenThatIsRefusedIsRenewedOnce() throws Exception {
        microsoft.grants().expireAccessTokens(microsoft.account(ApiRig.ANN));
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.tokens.renewed).hasValue(1);
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    @Test
    void aThrottleIsWaitedFor() throws Exception {
        microsoft
                .faults()
                .next(
                        MicrosoftEndpoint.SEND_MAIL,
                        Fault.answer(Response.html(429, "no").with("Retry-After", "300")));
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().attempts(email)).containsExactly("1 throttled");
        assertThat(rig.rest()).isGreaterThan(Duration.ofMinutes(4));
        assertThat(rig.accepted()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "NOT_ENABLED", "ON_PREMISES", "FULL", "BLOCKED"})
    void anAccountThatCannotSendHoldsItsMailbox(MicrosoftUser.Mail mail) throws Exception {
        microsoft.account(ApiRig.ANN).withMail(mail);
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("queued");
        assertThat(rig.flow.mailbox(rig.lane)).containsEntry("state", "held");
        assertThat(rig.accepted()).isZero();
    }

    /** 504s have delivered: nobody may take one for a no. */
    @Test
    void aGatewayThatGaveUpLeavesItUnknownAndItIsSentOnceMoreAtMost() throws Exception {
        microsoft
                .faults()
                .always(
                        MicrosoftEndpoint.SEND_MAIL,
                        Fault.acceptThenAnswer(Response.html(504, "Gateway Timeout")));
        var email = rig.flow.send(rig.lane);
        assertThat(rig.flow.lanes().attempts(email)).containsExactly("1 unknown");
        rig.look(email);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("unknown");
        assertThat(rig.accepted(email)).isEqualTo(2);
    }
}
