package dev.postrider.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.Gate;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import dev.postrider.transport.api.PlayedRig;
import java.time.Duration;
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
    private PlayedRig rig;

    GraphLookTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void open() throws Exception {
        microsoft = FakeMicrosoft.start();
        microsoft.limits().set(MicrosoftLimit.SENT_AFTER_SECONDS, 0);
        microsoft.switches().turn(MicrosoftSwitch.KEEPS_MESSAGE_ID, true);
        microsoft.switches().turn(MicrosoftSwitch.SENT_ITEMS_HAVE_HEADERS, false);
        rig = new PlayedRig(database, new PlayedGraph(microsoft), SETTLE);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        microsoft.close();
    }

    @Test
    void anAnswerThatWasLostIsFoundByItsMessageId() throws Exception {
        var email = rig.lost();
        assertThat(rig.reason(email))
                .contains("the answer was lost, so it may have been sent")
                .contains("ended the connection before it had answered")
                .doesNotContain("can't be reached");

        rig.look(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.flow.lanes().row(email).get("provider_message")).isNotNull();
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    /** The node that had it waits for its answer, and has lost its lease. */
    @Test
    void aNodeThatTakesOverFindsInSentItemsWhatTheOtherSent() throws Exception {
        var gate = new Gate();
        microsoft.faults().next(MicrosoftEndpoint.SEND_MAIL, new Fault.AcceptThenHold(gate));
        var email = rig.flow.lanes().queue(rig.lane);
        rig.flow.wakeups().laneWoken(rig.lane);
        gate.awaitArrival();
        rig.flow.lanes().endLease(rig.lane);
        try (var other = rig.flow.start("other")) {
            rig.flow.settledAfter(email, () -> rig.flow.wakeups().laneWoken(rig.lane));
            gate.open();
            rig.look(email);
        }
        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.flow.lanes().attempts(email)).containsExactly("1 unknown", "2 accepted");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    /** Transport takes its time; until then a copy that is missing says nothing. */
    @Test
    void aCopyThatComesLateIsWaitedFor() throws Exception {
        microsoft.limits().set(MicrosoftLimit.SENT_AFTER_SECONDS, 60);
        var email = rig.lost();

        rig.lookInVain(email, "isn't in the mailbox's sent mail yet");
        assertThat(rig.flow.lanes().attempts(email)).as("no attempt").containsExactly("1 unknown");

        microsoft.clock().advance(Duration.ofSeconds(61));
        rig.look(email);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    @Test
    void whatMicrosoftCallsOtherwiseIsFoundByItsFieldOnALaterPage() throws Exception {
        microsoft.switches().turn(MicrosoftSwitch.KEEPS_MESSAGE_ID, false);
        microsoft.switches().turn(MicrosoftSwitch.SENT_ITEMS_HAVE_HEADERS, true);
        var email = rig.lost();
        rig.sendOthers(60);

        rig.look(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    @Test
    void aHeaderThatIsLeftOutIsReadInTheMessageWhereTheGrantAllowsIt() throws Exception {
        microsoft.switches().turn(MicrosoftSwitch.KEEPS_MESSAGE_ID, false);
        rig.tokens.allow(READ);
        var email = rig.lost();
        rig.sendOthers(3);

        rig.look(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    /** One of the items may be it. */
    @Test
    void anItemThatNobodyMayReadLeavesItUnknownAndNothingIsSent() throws Exception {
        microsoft.switches().turn(MicrosoftSwitch.KEEPS_MESSAGE_ID, false);
        var email = rig.lost();

        rig.lookInVain(email, "the header of some");
        rig.lookSettled(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("unknown");
        assertThat(rig.reason(email)).contains("not all of the mailbox's sent mail");
        assertThat(rig.accepted(email)).isEqualTo(1);
        assertThat(rig.flow.mailbox(rig.lane))
                .as("nothing of its login")
                .containsEntry("state", "active");
    }

    @Test
    void aLookThatCameToItsBoundLeavesItUnknownAndNothingIsSent() throws Exception {
        microsoft.switches().turn(MicrosoftSwitch.KEEPS_MESSAGE_ID, false);
        microsoft.switches().turn(MicrosoftSwitch.SENT_ITEMS_HAVE_HEADERS, true);
        var email = rig.lost();
        rig.sendOthers(501);

        rig.lookSettled(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("unknown");
        assertThat(rig.reason(email)).contains("more than 500 messages since");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    @Test
    void whatIsNotThereAfterAWhileIsSentOnceMore() throws Exception {
        microsoft.faults().next(MicrosoftEndpoint.SEND_MAIL, Fault.resetAfterBody());
        var email = rig.flow.send(rig.lane);
        assertThat(rig.accepted(email)).isZero();

        rig.lookInVain(email, "isn't in the mailbox's sent mail yet");
        rig.lookSettled(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    /** A page with 200 of something in between is no list without our email. */
    @Test
    void aPageInsteadOfAListSaysNothing() throws Exception {
        var email = rig.lost();
        microsoft.faults().next(MicrosoftEndpoint.FOLDER_MESSAGES, Fault.html(200));

        rig.lookInVain(email, "isn't one of its API");
        rig.lookSettled(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }
}
