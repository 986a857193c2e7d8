package dev.postrider.transport.gmail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.FlowRig;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.transport.api.ApiRig;
import dev.postrider.transport.api.PlayedRig;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A look passes by what is known to be other emails' without asking for each. */
@ExtendWith(TestDatabase.class)
@Timeout(60)
final class LookPastKnownMailTest {
    private final Database database;
    private FakeGoogle google;
    private PlayedRig rig;

    LookPastKnownMailTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void open() throws Exception {
        google = FakeGoogle.start();
        rig =
                new PlayedRig(
                        database, new PlayedGmail(google), Set.of("gmail.send", "gmail.metadata"));
        rig.flow
                .lanes()
                .run("update mailbox set messages_per_minute = 9999, messages_per_day = 9999");
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        google.close();
    }

    @Test
    void aMailboxThatSentManyEmailsMoreIsLookedThroughInAFewCalls() throws Exception {
        var email = rig.lost();
        sendMore(260);
        answerAfter(Duration.ofMillis(100));
        var begun = Instant.now();

        rig.lookSettled(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(1);
        assertThat(google.calls().count(GoogleEndpoint.LIST)).isEqualTo(3);
        assertThat(google.calls().count(GoogleEndpoint.GET)).isEqualTo(1);
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    /** It wasn't sent, and many others were before: their times are known too. */
    @Test
    void aLookEndsAtAnEmailThatIsKnownToBeOlder() throws Exception {
        sendMore(120);
        rig.flow.lanes().run("update email set finished_at = finished_at - interval '1 hour'");
        var email = rig.inDoubt(Fault.resetAfterBody());

        rig.lookSettled(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(1);
        assertThat(google.calls().count(GoogleEndpoint.LIST)).isEqualTo(1);
        assertThat(google.calls().count(GoogleEndpoint.GET)).isZero();
    }

    /** Whatever another mailbox's emails are called, they are not this one's. */
    @Test
    void whatAnotherMailboxHasSentIsNotKnownHere() throws Exception {
        var email = rig.lost();
        var other = rig.flow.lanes().consented("gmail");
        var elsewhere = rig.flow.lanes().queue(other);
        rig.flow.awaitState(other, "sent", 1);
        rig.flow
                .lanes()
                .run(
                        "update email set provider_message = ? where id = ?",
                        google.sent(ApiRig.ANN).getFirst().id(),
                        elsewhere.id());

        rig.lookSettled(email);

        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(rig.accepted(email)).isEqualTo(1);
    }

    /** Later, through the same mailbox. */
    private void sendMore(int count) throws InterruptedException {
        google.clock().advance(Duration.ofSeconds(1));
        rig.flow.lanes().queueMany(rig.lane, count);
        rig.flow.wakeups().laneWoken(rig.lane);
        Awaitility.await()
                .atMost(FlowRig.PATIENCE)
                .until(() ->
                        rig.flow.lanes().texts("select id from email where state = 'sent'").size()
                                == count);
    }

    private void answerAfter(Duration delay) {
        google.faults().always(GoogleEndpoint.GET, Fault.delay(delay));
        google.faults().always(GoogleEndpoint.LIST, Fault.delay(delay));
    }
}
