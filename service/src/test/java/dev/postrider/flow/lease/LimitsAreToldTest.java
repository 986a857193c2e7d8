package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.event.EventType;
import dev.postrider.mailbox.notify.ToldEvents;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Answers;
import dev.postrider.rig.FlowRig;
import dev.postrider.rig.Lanes;
import dev.postrider.testkit.sink.Sink;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A mailbox that rests at a limit is told of once, however many emails wait behind it. */
@ExtendWith(TestDatabase.class)
final class LimitsAreToldTest {
    private final Database database;
    private final FlowRig rig;
    private final Lanes lanes;
    private final Answers server = new Answers();
    private final Sink sink;

    LimitsAreToldTest(Database database) {
        this.database = database;
        this.rig = new FlowRig(database);
        this.lanes = rig.lanes();
        this.sink = rig.sink(server);
    }

    @AfterEach
    void close() throws InterruptedException {
        rig.close();
        sink.close();
    }

    @Test
    void anOwnLimitIsToldWithItsNameAndItsEnd() throws Exception {
        var lane = lanes.smtp(sink.port());
        var told = told(lane);
        lanes.run("update mailbox set messages_per_day = 1 where id = ?", lane.mailboxId());
        rig.send(lane);
        lanes.queue(lane);
        lanes.awaitRest(lane);
        for (var i = 0; i < 5; i++) {
            lanes.queue(lane);
        }

        assertThat(told.types()).containsExactly("mailbox.limit_reached");
        var data = told.last();
        assertThat(data.path("limit").asText()).isEqualTo("messages_per_day");
        assertThat(data.path("reason").asText())
                .isEqualTo("Its limit of 1 messages a day is reached.");
        assertThat(Instant.parse(data.path("until").asText()))
                .isAfter(Instant.now().plusSeconds(23 * 3600));
        assertThat(data.path("waiting").asInt()).isEqualTo(1);
        assertThat(data.path("used_24h").path("messages").asInt()).isEqualTo(1);
        assertThat(data.path("effective_limits").path("messages_per_day").asInt()).isEqualTo(1);
        assertThat(data.path("rest").path("cause").asText()).isEqualTo("limit");
    }

    @Test
    void aProvidersLimitIsToldInItsWords() throws Exception {
        server.refuse("550 5.4.5 Daily user sending limit exceeded");
        var lane = lanes.smtp(sink.port());
        var told = told(lane);

        rig.send(lane);
        lanes.awaitRest(lane);

        assertThat(told.types()).containsExactly("mailbox.limit_reached");
        assertThat(told.last().path("limit").asText()).isEqualTo("provider");
        assertThat(told.last().path("reason").asText()).contains("5.4.5");
    }

    /** As a queue of thousands does: each time that a little of the day is free. */
    @Test
    void theSameLimitMetAgainIsNoNewsBeforeItsTimeIsOver() throws Exception {
        server.refuse("550 5.4.5 Daily user sending limit exceeded");
        var lane = lanes.smtp(sink.port());
        var told = told(lane);
        var email = rig.send(lane);
        lanes.awaitRest(lane);

        again(lane, email);
        assertThat(told.types()).hasSize(1);

        lanes.run(
                "update limit_told set told_at = told_at - interval '61 minutes'"
                        + " where mailbox_id = ?",
                lane.mailboxId());
        again(lane, email);
        assertThat(told.types()).hasSize(2);
    }

    @Test
    void aServerThatIsAwayIsNoLimit() throws Exception {
        server.refuse("450 4.2.1 Later");
        var lane = lanes.smtp(sink.port());
        var told = told(lane);

        rig.send(lane);

        assertThat(told.list()).isEmpty();
    }

    private void again(LaneKey lane, EmailKey email) throws Exception {
        rig.settledAfter(email, () -> lanes.again(lane, email));
        lanes.awaitRest(lane);
    }

    private ToldEvents told(LaneKey lane) {
        return ToldEvents.of(database, lane.workspaceId(), EventType.MAILBOX_LIMIT_REACHED);
    }
}
