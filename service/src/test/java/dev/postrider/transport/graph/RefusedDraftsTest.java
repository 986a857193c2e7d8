package dev.postrider.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.OnUnknown;
import dev.postrider.flow.store.lane.LaneThrottles;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.transport.Transport.MailboxKey;
import dev.postrider.transport.api.reply.Backoff;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Microsoft refuses of a large message, or wants less of, means what it says and leaves no
 * draft.
 */
@ExtendWith(TestDatabase.class)
@Timeout(40)
final class RefusedDraftsTest {
    private static FakeMicrosoft microsoft;
    private final Database database;
    private LargeMailRig rig;

    RefusedDraftsTest(Database database) {
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

    @Test
    void fewCallsAreMadeAtOnce() throws Exception {
        microsoft.limits().set(MicrosoftLimit.CONCURRENT, 2);
        var statuses = new ConcurrentLinkedQueue<Integer>();
        microsoft.calls().follow(call -> statuses.add(call.status()));
        try {
            var keys = Stream.generate(() -> rig.flow.lanes().newKey()).limit(4).toList();
            for (var key : keys) {
                rig.flow.lanes().keep(rig.email(key, OnUnknown.RESEND, LargeMailRig.files(false)));
            }
            rig.flow.awaitState(rig.lane, "sent", 4);
            assertThat(rig.accepted()).isEqualTo(4);
            assertThat(statuses).isNotEmpty().doesNotContain(429);
        } finally {
            microsoft.calls().follow(_ -> {});
            microsoft.limits().set(MicrosoftLimit.CONCURRENT, 4);
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        MicrosoftEndpoint.MESSAGE_SEND, GraphError.MESSAGE_TOO_LARGE, "refused"),
                Arguments.of(
                        MicrosoftEndpoint.MESSAGE_CREATE, GraphError.SEND_AS_DENIED, "refused"),
                Arguments.of(MicrosoftEndpoint.MESSAGE_SEND, GraphError.SEND_AS_DENIED, "refused"),
                Arguments.of(MicrosoftEndpoint.UPLOAD, GraphError.REQUEST_TOO_LARGE, "refused"),
                Arguments.of(
                        MicrosoftEndpoint.MESSAGE_CREATE, GraphError.REQUEST_TOO_LARGE, "refused"),
                Arguments.of(MicrosoftEndpoint.MESSAGE_CREATE, GraphError.MAILBOX_FULL, "held"),
                Arguments.of(MicrosoftEndpoint.MESSAGE_SEND, GraphError.BLOCKED, "held"),
                Arguments.of(MicrosoftEndpoint.MESSAGE_CREATE, GraphError.ACCESS_DENIED, "held"),
                Arguments.of(MicrosoftEndpoint.MESSAGE_SEND, GraphError.CONCURRENCY, "throttled"),
                Arguments.of(MicrosoftEndpoint.UPLOAD, GraphError.BANDWIDTH, "throttled"),
                Arguments.of(
                        MicrosoftEndpoint.MESSAGE_CREATE, GraphError.DAILY_LIMIT, "throttled"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void eachErrorMeansWhatItSaysAndLeavesNoDraft(
            MicrosoftEndpoint where, GraphError error, String becomes) throws Exception {
        microsoft.faults().next(where, Fault.answer(error.response()));
        var key = rig.send(OnUnknown.REPORT);
        switch (becomes) {
            case "refused" -> assertThat(rig.flow.lanes().state(key)).isEqualTo("refused");
            case "held" -> assertThat(rig.flow.mailbox(rig.lane)).containsEntry("state", "held");
            default -> assertThat(rig.flow.lanes().attempts(key)).containsExactly("1 throttled");
        }
        assertThat(rig.accepted()).isZero();
        assertThat(rig.drafts()).isEmpty();
    }

    /** The body of a large request isn't read to its end before it is refused. */
    @ParameterizedTest
    @EnumSource(names = {"UPLOAD", "MESSAGE_CREATE"})
    void aRefusalThatComesBeforeTheBodyHasEndedIsFinal(MicrosoftEndpoint where) throws Exception {
        microsoft
                .faults()
                .next(where, Fault.answerBeforeBody(GraphError.REQUEST_TOO_LARGE.response()));
        var key = rig.send(OnUnknown.RESEND);
        assertThat(rig.flow.lanes().state(key)).isEqualTo("refused");
        assertThat(rig.reason(key)).contains("413").contains("takes no message of this size");
    }

    /** What goes in one request is refused by its size too. */
    @Test
    void aRequestThatIsRefusedBeforeItHasComeWholeIsFinal() throws Exception {
        microsoft
                .faults()
                .next(
                        MicrosoftEndpoint.SEND_MAIL,
                        Fault.answerBeforeBody(GraphError.REQUEST_TOO_LARGE.response()));
        var key = rig.flow.lanes().newKey();
        rig.flow.send(
                rig.flow.lanes().email(key, rig.lane, rig.flow.lanes().largeContent(2_900_000)));
        assertThat(rig.flow.lanes().state(key)).isEqualTo("refused");
        assertThat(rig.reason(key)).contains("413").contains("takes no message of this size");
    }

    /** The node that has the lane next knows how often it was told to wait. */
    @Test
    void aThrottleThatComesAgainOnAnotherNodeIsWaitedForLonger() throws Exception {
        microsoft
                .faults()
                .next(
                        MicrosoftEndpoint.SEND_MAIL,
                        Fault.answer(GraphError.CONCURRENCY.response()),
                        Fault.answer(GraphError.CONCURRENCY.response()));
        var email = rig.flow.send(rig.lane);
        assertThat(rig.rest()).isLessThan(Duration.ofSeconds(11));
        var elsewhere = new Backoff(new LaneThrottles(database));
        var mailbox = new MailboxKey(rig.lane.workspaceId(), rig.lane.mailboxId());
        assertThat(elsewhere.rest(mailbox, Duration.ofSeconds(10), Duration.ZERO))
                .isEqualTo(Duration.ofSeconds(20));
        rig.again(email);
        assertThat(rig.rest()).isGreaterThan(Duration.ofSeconds(30));
        rig.again(email);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(elsewhere.rest(mailbox, Duration.ofSeconds(10), Duration.ZERO))
                .isEqualTo(Duration.ofSeconds(10));
    }
}
