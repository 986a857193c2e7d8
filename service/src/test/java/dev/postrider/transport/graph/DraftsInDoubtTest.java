package dev.postrider.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.OnUnknown;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.Gate;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A lost answer, a node that died: whether a draft was sent, it says itself, and nobody sends it
 * twice.
 */
@ExtendWith(TestDatabase.class)
@Timeout(40)
final class DraftsInDoubtTest {
    private static FakeMicrosoft microsoft;
    private final Database database;
    private LargeMailRig rig;

    DraftsInDoubtTest(Database database) {
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
        rig = new LargeMailRig(database, microsoft);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    /** By its immutable id the draft is found in Sent Items: whatever on_unknown says. */
    @ParameterizedTest
    @EnumSource(OnUnknown.class)
    void aLostAnswerOfTheSendIsSettledByTheDraft(OnUnknown onUnknown) throws Exception {
        microsoft.faults().next(MicrosoftEndpoint.MESSAGE_SEND, Fault.acceptThenReset());
        var key = rig.send(onUnknown);
        assertThat(rig.flow.lanes().attempts(key)).containsExactly("1 unknown");
        rig.lookInVain(key, "it isn't in the mailbox's sent mail yet");
        microsoft.clock().advance(Duration.ofSeconds(10));
        rig.again(key);
        rig.assertSentOnce(key);
        assertThat(rig.flow.lanes().row(key).get("provider_message")).isEqualTo(rig.last().id());
    }

    /** Still a draft when all that takes time is over: it wasn't sent, so it is, once. */
    @ParameterizedTest
    @EnumSource(OnUnknown.class)
    void aDraftThatStaysOneIsSentWhateverIsWantedOfUnknownOnes(OnUnknown onUnknown)
            throws Exception {
        microsoft.faults().next(MicrosoftEndpoint.MESSAGE_SEND, Fault.resetAfterBody());
        var key = rig.send(onUnknown);
        assertThat(rig.flow.lanes().attempts(key)).containsExactly("1 unknown");
        rig.lookInVain(key, "it isn't in the mailbox's sent mail yet");
        assertThat(rig.accepted()).isZero();
        rig.flow
                .lanes()
                .run(
                        "update email set unknown_since = now() - interval '1 hour' where id = ?",
                        key.id());
        rig.again(key);
        rig.assertSentOnce(key);
    }

    /** What was left before the draft was to be sent is known not to have been. */
    @Test
    void anotherNodeSendsWhatOneHasLeftAndThatOneDoesNot() throws Exception {
        var gate = new Gate();
        microsoft.faults().next(MicrosoftEndpoint.UPLOAD, Fault.hold(gate));
        var key = rig.flow.lanes().newKey();
        rig.flow.lanes().keep(rig.email(key, OnUnknown.REPORT, LargeMailRig.files(false)));
        gate.awaitArrival();
        rig.flow.lanes().endLease(rig.lane);
        try (var other = rig.flow.start("other")) {
            rig.flow.settledAfter(key, () -> rig.flow.wakeups().laneWoken(rig.lane));
            rig.againUntil("sent", key);
            gate.open();
        }
        Awaitility.await().untilAsserted(() -> assertThat(rig.drafts()).isEmpty());
        rig.assertSentOnce(key);
    }

    /** It isn't called canceled, but it isn't sent either, by nobody. */
    @Test
    void whatOneHasLeftIsNotSentWhenItIsCanceled() throws Exception {
        var gate = new Gate();
        microsoft.faults().next(MicrosoftEndpoint.UPLOAD, Fault.hold(gate));
        var key = rig.flow.lanes().newKey();
        rig.flow.lanes().keep(rig.email(key, OnUnknown.RESEND, LargeMailRig.files(false)));
        gate.awaitArrival();
        rig.flow.lanes().run("update email set asked = 'cancel' where id = ?", key.id());
        rig.flow.lanes().endLease(rig.lane);
        try (var other = rig.flow.start("other")) {
            rig.againUntil("unknown", key);
            gate.open();
        }
        assertThat(rig.reason(key))
                .startsWith("Canceled")
                .contains("stopped before its draft was sent")
                .doesNotContain("Refused");
        Awaitility.await().untilAsserted(() -> assertThat(rig.drafts()).isEmpty());
        assertThat(rig.accepted()).isZero();
    }

    /** The one that was late can't send what the other has made good. */
    @Test
    void aNodeThatIsLateAtTheLastStepDoesNotSend() throws Exception {
        var gate = new Gate();
        microsoft.faults().next(MicrosoftEndpoint.MESSAGE_SEND, Fault.hold(gate));
        var key = rig.flow.lanes().newKey();
        rig.flow.lanes().keep(rig.email(key, OnUnknown.REPORT, LargeMailRig.files(false)));
        gate.awaitArrival();
        rig.flow.lanes().endLease(rig.lane);
        try (var other = rig.flow.start("other")) {
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(rig.flow.lanes().row(key).get("unknown_since")).isNotNull());
            rig.flow
                    .lanes()
                    .run(
                            "update email set unknown_since = now() - interval '1 hour' where id"
                                    + " = ?",
                            key.id());
            rig.againUntil("sent", key);
            gate.open();
        }
        rig.assertSentOnce(key);
    }

    /** It dies while it waits for the answer; its draft is in Sent Items. */
    @ParameterizedTest
    @EnumSource(OnUnknown.class)
    void aNodeThatTakesOverFindsThatTheDraftWasSent(OnUnknown onUnknown) throws Exception {
        var gate = new Gate();
        microsoft.faults().next(MicrosoftEndpoint.MESSAGE_SEND, new Fault.AcceptThenHold(gate));
        var key = rig.flow.lanes().newKey();
        rig.flow.lanes().keep(rig.email(key, onUnknown, LargeMailRig.files(false)));
        gate.awaitArrival();
        microsoft.clock().advance(Duration.ofSeconds(10));
        rig.flow.lanes().endLease(rig.lane);
        try (var other = rig.flow.start("other")) {
            rig.againUntil("sent", key);
            gate.open();
        }
        assertThat(rig.flow.lanes().attempts(key)).containsExactly("1 unknown", "2 accepted");
        rig.assertSentOnce(key);
    }
}
