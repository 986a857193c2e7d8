package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Answers;
import dev.postrider.rig.FlowRig;
import dev.postrider.rig.Lanes;
import dev.postrider.rig.OtlpReceiver;
import dev.postrider.rig.OtlpReceiver.Received;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.trace.Telemetry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Attempts, by whichever node, are of the trace that has their email's id. */
@ExtendWith(TestDatabase.class)
final class TracedAttemptsTest {
    private final Database database;
    private final FlowRig rig;
    private final Lanes lanes;
    private final Answers server = new Answers();
    private final Sink sink;
    private final OtlpReceiver receiver = OtlpReceiver.start();
    private final Telemetry telemetry = new Telemetry(receiver.settings(Map.of()));

    TracedAttemptsTest(Database database) {
        this.database = database;
        this.rig = new FlowRig(database);
        this.lanes = rig.lanes();
        this.sink = rig.sink(server);
        telemetry.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        rig.close();
        sink.close();
        telemetry.close();
        receiver.close();
    }

    @Test
    void aDeferredEmailAndItsRetryAreOneTrace() throws Exception {
        server.refuse("451 4.7.1 Come back later");
        var lane = lanes.smtp(sink.port());
        var email = rig.send(lane, "secret.name@example.org");
        server.becomeWilling();
        rig.settledAfter(email, () -> lanes.again(lane, email));

        var spans = await(email, 2);

        var attempts = named(spans, "attempt");
        assertThat(attempts.getFirst())
                .satisfies(attempt -> {
                    assertThat(attempt.hasFailed()).isTrue();
                    assertThat(attempt.facts())
                            .containsEntry("error.type", "deferred")
                            .containsEntry("postrider.outcome", "deferred")
                            .containsEntry("postrider.reply.code", 451L)
                            .containsEntry("postrider.reply.enhanced_code", "4.7.1")
                            .containsEntry("postrider.attempt", 1L)
                            .containsEntry("server.address", "127.0.0.1")
                            .containsEntry("server.port", (long) sink.port());
                    assertThat(parts(spans, attempt))
                            .extracting(Received::name)
                            .contains("lease", "SMTP MAIL", "settle")
                            .doesNotContain("SMTP end of data");
                    assertThat(state(spans, attempt)).isEqualTo("queued");
                });
        assertThat(attempts.getLast())
                .satisfies(attempt -> {
                    assertThat(attempt.hasFailed()).isFalse();
                    assertThat(attempt.facts())
                            .containsEntry("postrider.outcome", "accepted")
                            .containsEntry("postrider.reply.code", 250L)
                            .containsEntry("postrider.attempt", 2L);
                    assertThat(parts(spans, attempt))
                            .extracting(Received::name)
                            .contains(
                                    "lease",
                                    "SMTP MAIL",
                                    "SMTP RCPT",
                                    "SMTP end of data",
                                    "settle");
                    assertThat(state(spans, attempt)).isEqualTo("sent");
                });
        // the taking, which this test has left out
        assertThat(attempts)
                .extracting(Received::parent)
                .containsOnly(attempts.getFirst().parent());
        assertThat(receiver.all())
                .doesNotContain("secret.name")
                .doesNotContain("Come back later")
                .doesNotContain("Hello");
    }

    @Test
    void whatANodeLeftBegunGoesOnInItsTraceOnAnother() throws Exception {
        rig.worker().close();
        try (var dead = new OneLane(database)) {
            var email = dead.lanes().queue(dead.lane());
            var begun = dead.begin(dead.lease()).getFirst();
            assertThat(begun.key()).isEqualTo(email);
            dead.lanes().endLease(dead.lane());

            var other = rig.start("second");
            var unknown = await(email, 1);
            rig.settledAfter(email, () -> dead.lanes().again(dead.lane(), email));
            var spans = await(email, 2);
            other.close();

            assertThat(named(unknown, "attempt").getFirst().fact("error.type"))
                    .isEqualTo("unknown");
            assertThat(named(spans, "attempt").getLast().fact("postrider.outcome"))
                    .isEqualTo("accepted");
            assertThat(named(spans, "attempt"))
                    .extracting(each -> each.fact("postrider.lease.epoch"))
                    .doesNotHaveDuplicates();
            assertThat(named(spans, "settle"))
                    .extracting(each -> each.fact("postrider.state"))
                    .containsExactly("queued", "sent");
        }
    }

    @Test
    void aServerThatIsAwayIsAnAttemptToo() throws Exception {
        var lane = lanes.smtp(sink.port());
        sink.close();

        var email = rig.send(lane);

        assertThat(named(await(email, 1), "attempt").getFirst().facts())
                .containsEntry("error.type", "unreachable")
                .doesNotContainKey("server.address");
    }

    private List<Received> await(EmailKey email, int settled) {
        return receiver.await(
                email.id().toString(),
                spans ->
                        named(spans, "settle").size() >= settled
                                && named(spans, "attempt").size() >= settled);
    }

    private static List<Received> named(List<Received> spans, String name) {
        return spans.stream()
                .filter(each -> each.name().equals(name))
                .sorted(Comparator.comparingLong(each -> each.span().getStartTimeUnixNano()))
                .toList();
    }

    private static List<Received> parts(List<Received> spans, Received of) {
        return spans.stream().filter(each -> each.parent().equals(of.id())).toList();
    }

    private static Object state(List<Received> spans, Received attempt) {
        return named(parts(spans, attempt), "settle").getFirst().fact("postrider.state");
    }
}
