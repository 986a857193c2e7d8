package dev.postrider.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.email.OnUnknown;
import dev.postrider.flow.store.NewEmail;
import dev.postrider.flow.store.draft.SweptDrafts;
import dev.postrider.flow.store.lane.LaneThrottles;
import dev.postrider.mime.compose.Attachment;
import dev.postrider.mime.encoding.Source;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.Gate;
import dev.postrider.testkit.provider.mail.StoredMessage;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.transport.Transport.MailboxKey;
import dev.postrider.transport.api.ApiRig;
import dev.postrider.transport.api.PlayedTokens;
import dev.postrider.transport.api.TestTokens;
import dev.postrider.transport.api.reply.Backoff;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
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

/** Emails of more than a request takes, as drafts with uploads: each is accepted once at most. */
@ExtendWith(TestDatabase.class)
@Timeout(40)
final class LargeMessagesTest {
    private static final int LARGE = 4_200_000;

    private static FakeMicrosoft microsoft;
    private final Database database;
    private ApiRig rig;
    private int before;

    LargeMessagesTest(Database database) {
        this.database = database;
    }

    @BeforeAll
    static void start() throws Exception {
        microsoft = FakeMicrosoft.start();
        microsoft.account(ApiRig.ANN);
    }

    @AfterAll
    static void stop() {
        microsoft.close();
    }

    @BeforeEach
    void open() {
        microsoft.faults().clear();
        microsoft.mailboxes().clear();
        microsoft.limits().unlimited(MicrosoftLimit.MESSAGES_A_MINUTE);
        rig = rig(Set.of(URI.create(microsoft.uploadBase())));
        before = microsoft.accepted().total();
    }

    private ApiRig rig(Set<URI> uploads) {
        return new ApiRig(
                database,
                "microsoft",
                microsoft.base(),
                uploads,
                new TestTokens(
                        scopes -> PlayedTokens.of(microsoft, scopes),
                        Set.of("mail.send", "mail.readwrite", "user.read")),
                ApiRig.client(),
                GraphKind::new);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void allOfAMessageComesOverWithItsFiles() throws Exception {
        var logo =
                Attachment.inline(
                                "logo.png",
                                "logo@example.org",
                                Source.of(LargeMail.octets("logo.png", 40_000)))
                        .as("image/png");
        var key = rig.flow.lanes().newKey();
        var files =
                List.of(
                        LargeMail.file("film.mp4", LARGE),
                        logo,
                        LargeMail.file("plan.pdf", 2_000_000),
                        LargeMail.file("list.csv", 1_500_000));
        rig.flow.send(email(key, OnUnknown.RESEND, files));

        assertSentOnce(key);
        var message = last();
        assertThat(LargeMail.files(message))
                .containsExactlyInAnyOrder(
                        LargeMail.sent("film.mp4", LARGE),
                        LargeMail.sent("logo.png", 40_000),
                        LargeMail.sent("plan.pdf", 2_000_000),
                        LargeMail.sent("list.csv", 1_500_000));
        var parsed = LargeMail.parsed(message);
        assertThat(parsed.html()).hasValueSatisfying(html -> assertThat(html).contains("Grüße"));
        assertThat(parsed.files())
                .filteredOn(part -> part.filename().equals("logo.png"))
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.contentId()).isEqualTo("logo@example.org");
                    assertThat(part.contentType()).isEqualTo("image/png");
                });
        assertThat(message.recipients())
                .containsExactlyInAnyOrder("bob@example.org", "cy@example.org", "eve@example.org");
        assertThat(message.fields().get("Bcc")).contains("eve@example.org");
        assertThat(message.subject()).isEqualTo("Größe \"matters\"");
        assertThat(message.messageId()).isEqualTo("<" + key.id() + "@example.org>");
        assertThat(message.fields().get("Reply-To")).contains("desk@example.org");
        assertThat(message.fields().get("X-Order")).contains("4711");
        assertThat(message.fields().get("In-Reply-To")).contains("<first@example.org>");
        assertThat(message.fields().get("References"))
                .contains("<zero@example.org> <first@example.org>");
        assertThat(rig.flow.lanes().row(key).get("provider_message")).isEqualTo(message.id());
    }

    /** Up to the mailbox's own limit. */
    @Test
    void thirtyMegabytesAreHeldInPieces() throws Exception {
        var key = rig.flow.lanes().newKey();
        var ranges = microsoft.calls().count(MicrosoftEndpoint.UPLOAD);
        rig.flow.send(
                email(key, OnUnknown.RESEND, List.of(LargeMail.file("film.mp4", 26_000_000))));
        assertSentOnce(key);
        assertThat(LargeMail.files(last())).containsExactly(LargeMail.sent("film.mp4", 26_000_000));
        assertThat(microsoft.calls().count(MicrosoftEndpoint.UPLOAD) - ranges).isEqualTo(7);
    }

    /** What failed before the draft was sent can be done again, and leaves nothing behind. */
    static Stream<Arguments> faultsBefore() {
        return Stream.of(
                Arguments.of(MicrosoftEndpoint.MESSAGE_CREATE, Fault.html(503)),
                Arguments.of(MicrosoftEndpoint.MESSAGE_CREATE, Fault.html(200)),
                Arguments.of(MicrosoftEndpoint.MESSAGE_CREATE, Fault.resetBeforeBody()),
                Arguments.of(MicrosoftEndpoint.MESSAGE_CREATE, Fault.acceptThenReset()),
                Arguments.of(
                        MicrosoftEndpoint.UPLOAD_SESSION,
                        Fault.answer(GraphError.TRANSIENT.response())),
                Arguments.of(MicrosoftEndpoint.UPLOAD_SESSION, Fault.acceptThenReset()),
                Arguments.of(
                        MicrosoftEndpoint.UPLOAD_SESSION,
                        Fault.answer(GraphError.NOT_FOUND.response())),
                Arguments.of(
                        MicrosoftEndpoint.UPLOAD, Fault.answer(GraphError.NOT_FOUND.response())),
                Arguments.of(
                        MicrosoftEndpoint.ATTACH, Fault.answer(GraphError.TRANSIENT.response())),
                Arguments.of(
                        MicrosoftEndpoint.MESSAGE_SEND,
                        Fault.answer(GraphError.NOT_FOUND.response())));
    }

    @ParameterizedTest
    @MethodSource("faultsBefore")
    void aFaultBeforeTheEndMakesItBeginAgain(MicrosoftEndpoint where, Fault fault)
            throws Exception {
        microsoft.faults().next(where, fault);
        var key = send(OnUnknown.REPORT, where == MicrosoftEndpoint.ATTACH);
        assertThat(rig.flow.lanes().state(key)).isEqualTo("queued");
        assertThat(microsoft.accepted().total()).isEqualTo(before);
        again(key);
        assertSentOnce(key);
    }

    /** Where the server says how far it got, the same attempt goes on. */
    static Stream<Arguments> faultsWithin() {
        return Stream.of(
                Arguments.of(MicrosoftEndpoint.UPLOAD, Fault.resetBeforeBody()),
                Arguments.of(MicrosoftEndpoint.UPLOAD, Fault.resetAfterBody()),
                Arguments.of(MicrosoftEndpoint.UPLOAD, Fault.acceptThenReset()),
                Arguments.of(MicrosoftEndpoint.UPLOAD, Fault.html(502)),
                Arguments.of(
                        MicrosoftEndpoint.UPLOAD, Fault.answer(GraphError.BAD_RANGE.response())),
                Arguments.of(MicrosoftEndpoint.ATTACH, Fault.acceptThenReset()));
    }

    @ParameterizedTest
    @MethodSource("faultsWithin")
    void anUploadGoesOnWhereTheServerSays(MicrosoftEndpoint where, Fault fault) throws Exception {
        microsoft.faults().next(where, fault);
        var key = send(OnUnknown.REPORT, where == MicrosoftEndpoint.ATTACH);
        assertSentOnce(key);
        assertThat(rig.flow.lanes().attempts(key)).containsExactly("1 accepted");
        assertThat(LargeMail.files(last())).contains(LargeMail.sent("film.mp4", LARGE));
    }

    /** The last answer of an upload isn't needed: the draft says which files it has. */
    @ParameterizedTest
    @EnumSource(names = {"UPLOAD", "ATTACH"})
    void aFileWhoseLastAnswerIsLostIsThereOnce(MicrosoftEndpoint where) throws Exception {
        var ranges = where == MicrosoftEndpoint.UPLOAD ? 1 : 0;
        for (var i = 0; i < ranges; i++) {
            microsoft.faults().next(where, new Fault.Pass());
        }
        microsoft.faults().next(where, Fault.acceptThenReset());
        var key = send(OnUnknown.REPORT, true);
        assertSentOnce(key);
        assertThat(LargeMail.files(last()))
                .containsExactlyInAnyOrder(
                        LargeMail.sent("film.mp4", LARGE),
                        LargeMail.sent("plan.pdf", 2_900_000),
                        LargeMail.sent("list.csv", 300_000));
    }

    @Test
    void aServerForUploadsThatNobodyAllowedGetsNothing() throws Exception {
        rig.close();
        rig = rig(Set.of(URI.create("https://outlook.office.com")));
        var ranges = microsoft.calls().count(MicrosoftEndpoint.UPLOAD);
        var key = send(OnUnknown.RESEND);
        assertThat(rig.flow.lanes().state(key)).isEqualTo("queued");
        assertThat(rig.reason(key)).contains("127.0.0.1").contains("uploads");
        assertThat(microsoft.calls().count(MicrosoftEndpoint.UPLOAD)).isEqualTo(ranges);
        assertThat(microsoft.mailboxes().drafts(microsoft.account(ApiRig.ANN))).isEmpty();
    }

    /** By its immutable id the draft is found in Sent Items: whatever on_unknown says. */
    @ParameterizedTest
    @EnumSource(OnUnknown.class)
    void aLostAnswerOfTheSendIsSettledByTheDraft(OnUnknown onUnknown) throws Exception {
        microsoft.faults().next(MicrosoftEndpoint.MESSAGE_SEND, Fault.acceptThenReset());
        var key = send(onUnknown);
        assertThat(rig.flow.lanes().attempts(key)).containsExactly("1 unknown");
        rig.lookInVain(key, "it isn't in the mailbox's sent mail yet");
        microsoft.clock().advance(Duration.ofSeconds(10));
        again(key);
        assertSentOnce(key);
        assertThat(rig.flow.lanes().row(key).get("provider_message")).isEqualTo(last().id());
    }

    /** Still a draft when all that takes time is over: it wasn't sent, so it is, once. */
    @ParameterizedTest
    @EnumSource(OnUnknown.class)
    void aDraftThatStaysOneIsSentWhateverIsWantedOfUnknownOnes(OnUnknown onUnknown)
            throws Exception {
        microsoft.faults().next(MicrosoftEndpoint.MESSAGE_SEND, Fault.resetAfterBody());
        var key = send(onUnknown);
        assertThat(rig.flow.lanes().attempts(key)).containsExactly("1 unknown");
        rig.lookInVain(key, "it isn't in the mailbox's sent mail yet");
        assertThat(microsoft.accepted().total()).isEqualTo(before);
        rig.flow
                .lanes()
                .run(
                        "update email set unknown_since = now() - interval '1 hour' where id = ?",
                        key.id());
        again(key);
        assertSentOnce(key);
    }

    /** What was left before the draft was to be sent is known not to have been. */
    @Test
    void anotherNodeSendsWhatOneHasLeftAndThatOneDoesNot() throws Exception {
        var gate = new Gate();
        microsoft.faults().next(MicrosoftEndpoint.UPLOAD, Fault.hold(gate));
        var key = rig.flow.lanes().newKey();
        rig.flow.lanes().keep(email(key, OnUnknown.REPORT, files(false)));
        gate.awaitArrival();
        rig.flow.lanes().endLease(rig.lane);
        try (var other = rig.flow.start("other")) {
            rig.flow.settledAfter(key, () -> rig.flow.wakeups().laneWoken(rig.lane));
            Awaitility.await()
                    .untilAsserted(() -> {
                        rig.flow.lanes().makeDue(key);
                        rig.flow.wakeups().laneWoken(rig.lane);
                        assertThat(rig.flow.lanes().state(key)).isEqualTo("sent");
                    });
            gate.open();
        }
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(microsoft.mailboxes().drafts(microsoft.account(ApiRig.ANN)))
                                .isEmpty());
        assertSentOnce(key);
    }

    /** It isn't called canceled, but it isn't sent either, by nobody. */
    @Test
    void whatOneHasLeftIsNotSentWhenItIsCanceled() throws Exception {
        var gate = new Gate();
        microsoft.faults().next(MicrosoftEndpoint.UPLOAD, Fault.hold(gate));
        var key = rig.flow.lanes().newKey();
        rig.flow.lanes().keep(email(key, OnUnknown.RESEND, files(false)));
        gate.awaitArrival();
        rig.flow.lanes().run("update email set asked = 'cancel' where id = ?", key.id());
        rig.flow.lanes().endLease(rig.lane);
        try (var other = rig.flow.start("other")) {
            Awaitility.await()
                    .untilAsserted(() -> {
                        rig.flow.lanes().makeDue(key);
                        rig.flow.wakeups().laneWoken(rig.lane);
                        assertThat(rig.flow.lanes().state(key)).isEqualTo("unknown");
                    });
            gate.open();
        }
        assertThat(rig.reason(key))
                .startsWith("Canceled by its sender")
                .contains("stopped before its draft was sent")
                .doesNotContain("Refused");
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(microsoft.mailboxes().drafts(microsoft.account(ApiRig.ANN)))
                                .isEmpty());
        assertThat(microsoft.accepted().total()).isEqualTo(before);
    }

    /** The one that was late can't send what the other has made good. */
    @Test
    void aNodeThatIsLateAtTheLastStepDoesNotSend() throws Exception {
        var gate = new Gate();
        microsoft.faults().next(MicrosoftEndpoint.MESSAGE_SEND, Fault.hold(gate));
        var key = rig.flow.lanes().newKey();
        rig.flow.lanes().keep(email(key, OnUnknown.REPORT, files(false)));
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
            Awaitility.await()
                    .untilAsserted(() -> {
                        rig.flow.lanes().makeDue(key);
                        rig.flow.wakeups().laneWoken(rig.lane);
                        assertThat(rig.flow.lanes().state(key)).isEqualTo("sent");
                    });
            gate.open();
        }
        assertSentOnce(key);
    }

    /** It dies while it waits for the answer; its draft is in Sent Items. */
    @ParameterizedTest
    @EnumSource(OnUnknown.class)
    void aNodeThatTakesOverFindsThatTheDraftWasSent(OnUnknown onUnknown) throws Exception {
        var gate = new Gate();
        microsoft.faults().next(MicrosoftEndpoint.MESSAGE_SEND, new Fault.AcceptThenHold(gate));
        var key = rig.flow.lanes().newKey();
        rig.flow.lanes().keep(email(key, onUnknown, files(false)));
        gate.awaitArrival();
        microsoft.clock().advance(Duration.ofSeconds(10));
        rig.flow.lanes().endLease(rig.lane);
        try (var other = rig.flow.start("other")) {
            Awaitility.await()
                    .untilAsserted(() -> {
                        rig.flow.lanes().makeDue(key);
                        rig.flow.wakeups().laneWoken(rig.lane);
                        assertThat(rig.flow.lanes().state(key)).isEqualTo("sent");
                    });
            gate.open();
        }
        assertThat(rig.flow.lanes().attempts(key)).containsExactly("1 unknown", "2 accepted");
        assertSentOnce(key);
    }

    @Test
    void fewCallsAreMadeAtOnce() throws Exception {
        microsoft.limits().set(MicrosoftLimit.CONCURRENT, 2);
        var statuses = new ConcurrentLinkedQueue<Integer>();
        microsoft.calls().follow(call -> statuses.add(call.status()));
        try {
            var keys = Stream.generate(() -> rig.flow.lanes().newKey()).limit(4).toList();
            for (var key : keys) {
                rig.flow.lanes().keep(email(key, OnUnknown.RESEND, files(false)));
            }
            rig.flow.awaitState(rig.lane, "sent", 4);
            assertThat(microsoft.accepted().total() - before).isEqualTo(4);
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
        var key = send(OnUnknown.REPORT);
        switch (becomes) {
            case "refused" -> assertThat(rig.flow.lanes().state(key)).isEqualTo("refused");
            case "held" -> assertThat(rig.flow.mailbox(rig.lane)).containsEntry("state", "held");
            default -> assertThat(rig.flow.lanes().attempts(key)).containsExactly("1 throttled");
        }
        assertThat(microsoft.accepted().total()).isEqualTo(before);
        assertThat(microsoft.mailboxes().drafts(microsoft.account(ApiRig.ANN))).isEmpty();
    }

    /** The body of a large request isn't read to its end before it is refused. */
    @ParameterizedTest
    @EnumSource(names = {"UPLOAD", "MESSAGE_CREATE"})
    void aRefusalThatComesBeforeTheBodyHasEndedIsFinal(MicrosoftEndpoint where) throws Exception {
        microsoft
                .faults()
                .next(where, Fault.answerBeforeBody(GraphError.REQUEST_TOO_LARGE.response()));
        var key = send(OnUnknown.RESEND);
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
        again(email);
        assertThat(rig.rest()).isGreaterThan(Duration.ofSeconds(30));
        again(email);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(elsewhere.rest(mailbox, Duration.ofSeconds(10), Duration.ZERO))
                .isEqualTo(Duration.ofSeconds(10));
    }

    /** One is uploaded; of many the last has no room beside the second. */
    private static List<Attachment> files(boolean many) {
        return many
                ? List.of(
                        LargeMail.file("film.mp4", LARGE),
                        LargeMail.file("plan.pdf", 2_900_000),
                        LargeMail.file("list.csv", 300_000))
                : List.of(LargeMail.file("film.mp4", LARGE));
    }

    private EmailKey send(OnUnknown onUnknown) throws Exception {
        return send(onUnknown, false);
    }

    private EmailKey send(OnUnknown onUnknown, boolean many) throws Exception {
        var key = rig.flow.lanes().newKey();
        return rig.flow.send(email(key, onUnknown, files(many)));
    }

    private NewEmail email(EmailKey key, OnUnknown onUnknown, List<Attachment> files)
            throws Exception {
        return LargeMail.email(
                rig.flow,
                rig.lane,
                key,
                onUnknown,
                LargeMail.composed(LargeMail.draft(key, files)));
    }

    private void again(EmailKey key) throws InterruptedException {
        rig.flow.settledAfter(
                key,
                () -> {
                    rig.flow.lanes().run("update lane set rests_until = null");
                    rig.flow.lanes().makeDue(key);
                    rig.flow.wakeups().laneWoken(rig.lane);
                });
    }

    private void assertSentOnce(EmailKey key) {
        assertThat(rig.flow.lanes().state(key)).as(rig.reason(key)).isEqualTo("sent");
        assertThat(microsoft.accepted().with("X-Postrider-Id", key.id().toString())).isEqualTo(1);
        assertThat(microsoft.accepted().total() - before).isEqualTo(1);
        assertThat(microsoft.mailboxes().drafts(microsoft.account(ApiRig.ANN))).isEmpty();
        // what a crash may have left is looked for once more
        rig.flow.lanes().run("update email_draft set sweep_at = now()");
        rig.flow.lanes().run("update email set finished_at = now() - interval '1 hour'");
        new SweepDrafts(rig.shared, new SweptDrafts(database)).once();
        assertThat(rig.flow.lanes().texts("select email_id from email_draft")).isEmpty();
    }

    private static StoredMessage last() {
        return microsoft.sent(ApiRig.ANN).getLast();
    }
}
