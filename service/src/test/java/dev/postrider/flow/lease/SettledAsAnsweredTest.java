package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Answers;
import dev.postrider.rig.FlowRig;
import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who waits for an email is told when its own reply is there. */
@ExtendWith(TestDatabase.class)
final class SettledAsAnsweredTest {
    @Test
    void whoWaitsIsToldWhileTheBatchGoesOn(Database database) throws Exception {
        var told = new CountDownLatch(1);
        var server = new Answers();
        // one reply after the other: what is read ahead would keep the server's words back
        var options = SinkOptions.standard().announcing().behaving(server);
        try (var rig = new FlowRig(database);
                var sink = rig.sink(options)) {
            var lanes = rig.lanes();
            var lane = lanes.smtp(sink.port());
            lanes.run("update mailbox set connections = 1 where id = ?", lane.mailboxId());
            var stall = server.stall();
            lanes.queue(lane);
            stall.awaitMessage();
            var other = lanes.queue(lane);
            var awaited = lanes.queueAwaited(lane);
            server.become(
                    new Behaviour() {
                        @Override
                        public String message(SunkMessage message) {
                            if (message.text().contains(other.id().toString())) {
                                Answers.await(told);
                            }
                            return Behaviour.super.message(message);
                        }
                    });

            rig.settledAfter(awaited, stall::close);

            assertThat(lanes.state(awaited)).isEqualTo("sent");
            assertThat(lanes.state(other)).isEqualTo("sending");
            told.countDown();
            rig.awaitState(lane, "sent", 3);
        }
    }
}
