package dev.postrider.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.email.OnUnknown;
import dev.postrider.flow.store.draft.EmailDrafts;
import dev.postrider.flow.store.draft.SweptDrafts;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.http.Endpoint;
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
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Drafts that nobody sends any more go; those that somebody may send stay. */
@ExtendWith(TestDatabase.class)
@Timeout(40)
final class SweepDraftsTest {
    private static final int LARGE = 4_200_000;

    private static FakeMicrosoft microsoft;
    private final Database database;
    private ApiRig rig;
    private int before;

    SweepDraftsTest(Database database) {
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
        rig =
                new ApiRig(
                        database,
                        "microsoft",
                        microsoft.base(),
                        Set.of(URI.create(microsoft.uploadBase())),
                        new TestTokens(
                                scopes -> PlayedTokens.of(microsoft, scopes),
                                Set.of("mail.send", "mail.readwrite", "user.read")),
                        ApiRig.client(),
                        GraphKind::new);
        before = microsoft.accepted().total();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        rig.flow.lanes().run("delete from email_draft");
    }

    /** The answer that would have told its id was lost; then its sender thought better of it. */
    @Test
    void aDraftThatNobodyKnowsTheIdOfGoesWithItsEmail() throws Exception {
        var email = leaveOne();
        end(email, "canceled");
        assertThat(drafts()).hasSize(1);
        sweep();
        assertThat(drafts()).isEmpty();
        assertThat(rows()).isEmpty();
    }

    @Test
    void whatACrashHasLeftGoesWhenTheEmailIsCanceledAfterIt() throws Exception {
        var gate = new Gate();
        var email = stopAt(MicrosoftEndpoint.UPLOAD, gate);
        rig.flow.lanes().run("update email set asked = 'cancel' where id = ?", email.id());
        rig.flow.lanes().endLease(rig.lane);
        try (var other = rig.flow.start("other")) {
            Awaitility.await()
                    .untilAsserted(() -> {
                        rig.flow.lanes().makeDue(email);
                        assertThat(rig.flow.lanes().state(email)).isEqualTo("unknown");
                    });
        }
        sweepAt(Duration.ofMinutes(1));
        assertThat(drafts()).hasSize(1);
        sweep();
        assertThat(drafts()).isEmpty();
        assertThat(rows()).isEmpty();
        gate.open();
        assertThat(microsoft.accepted().total()).isEqualTo(before);
    }

    @Test
    void whatADeletedEmailHasLeftGoes() throws Exception {
        var email = leaveOne();
        rig.flow.lanes().run("delete from email where id = ?", email.id());
        sweep();
        assertThat(drafts()).isEmpty();
        assertThat(rows()).isEmpty();
    }

    /** What isn't in Drafts isn't touched: it was sent, whatever was told of it. */
    @Test
    void whatWasSentStaysSent() throws Exception {
        microsoft.faults().next(MicrosoftEndpoint.MESSAGE_SEND, Fault.acceptThenReset());
        var email = send();
        end(email, "unknown");
        microsoft.clock().advance(Duration.ofSeconds(10));
        sweep();
        assertThat(rows()).isEmpty();
        assertThat(microsoft.sent(ApiRig.ANN))
                .extracting(StoredMessage::messageId)
                .containsExactly("<" + email.id() + "@example.org>");
    }

    @Test
    void aDraftThatIsBeingSentStays() throws Exception {
        var gate = new Gate();
        var email = stopAt(MicrosoftEndpoint.MESSAGE_SEND, gate);
        sweep();
        assertThat(drafts()).hasSize(1);
        rig.flow.settledAfter(email, gate::open);
        assertThat(rig.flow.lanes().state(email)).isEqualTo("sent");
        assertThat(microsoft.accepted().total() - before).isEqualTo(1);
    }

    /** Its sender has it sent again, while the sweep looks for what was left. */
    @Test
    void anAttemptThatBeginsMeanwhileKeepsItsDraft() throws Exception {
        var email = leaveOne();
        end(email, "canceled");
        var gate = new Gate();
        microsoft.faults().next(MicrosoftEndpoint.FOLDER_MESSAGES, Fault.hold(gate));
        var sweep = CompletableFuture.runAsync(this::sweep);
        gate.awaitArrival();
        // its draft is seen by the sweep, too
        var begun =
                new EmailDrafts(database)
                        .begin(
                                email,
                                new MailboxKey(rig.lane.workspaceId(), rig.lane.mailboxId()),
                                "<" + email.id() + "@example.org>");
        gate.open();
        sweep.join();
        assertThat(drafts()).hasSize(1);
        assertThat(new EmailDrafts(database).submit(email, begun.orElseThrow().attempt(), "its"))
                .isTrue();
    }

    /** The mark of an attempt that is late is another's. */
    @Test
    void whatIsSweptCannotBeSentAnyMore() throws Exception {
        var email = leaveOne();
        end(email, "unknown");
        var late =
                new EmailDrafts(database)
                        .begin(
                                email,
                                new MailboxKey(rig.lane.workspaceId(), rig.lane.mailboxId()),
                                "<" + email.id() + "@example.org>");
        due(Duration.ofHours(1));
        assertThat(new SweptDrafts(database).claim(10, Duration.ofMinutes(10))).hasSize(1);
        assertThat(new EmailDrafts(database).submit(email, late.orElseThrow().attempt(), "its"))
                .isFalse();
    }

    @Test
    void twoNodesTakeDifferentOnes() throws Exception {
        var email = leaveOne();
        end(email, "canceled");
        due(Duration.ofHours(1));
        var one = new SweptDrafts(database);
        assertThat(one.claim(10, Duration.ofMinutes(10)))
                .singleElement()
                .satisfies(left -> assertThat(left.email()).isEqualTo(email));
        assertThat(new SweptDrafts(database).claim(10, Duration.ofMinutes(10))).isEmpty();
    }

    /** A mailbox that can't be asked is asked later, and not for ever. */
    @Test
    void aSweepInVainIsMadeAgain() throws Exception {
        var email = leaveOne();
        end(email, "canceled");
        microsoft
                .faults()
                .next(
                        MicrosoftEndpoint.MESSAGE_DELETE,
                        Fault.answer(GraphError.TRANSIENT.response()));
        sweep();
        assertThat(drafts()).hasSize(1);
        assertThat(rig.flow.lanes().texts("select sweeps::text from email_draft"))
                .containsExactly("1");
        sweep();
        assertThat(drafts()).isEmpty();
        assertThat(rows()).isEmpty();
    }

    @Test
    void oneThatCannotBeRemovedIsGivenUp() throws Exception {
        var email = leaveOne();
        end(email, "canceled");
        rig.flow.lanes().run("update email_draft set sweeps = ?", SweepDrafts.MOST_SWEEPS - 1);
        microsoft.faults().next(MicrosoftEndpoint.FOLDER_MESSAGES, Fault.html(503));
        sweep();
        assertThat(rows()).isEmpty();
    }

    /** A draft is made whose id its attempt doesn't learn. */
    private EmailKey leaveOne() throws Exception {
        microsoft.faults().next(MicrosoftEndpoint.MESSAGE_CREATE, Fault.acceptThenReset());
        var email = send();
        assertThat(rig.flow.lanes().state(email)).isEqualTo("queued");
        assertThat(drafts()).hasSize(1);
        return email;
    }

    private EmailKey stopAt(Endpoint endpoint, Gate gate) throws Exception {
        microsoft.faults().next(endpoint, Fault.hold(gate));
        var key = rig.flow.lanes().newKey();
        rig.flow
                .lanes()
                .keep(LargeMail.email(rig.flow, rig.lane, key, OnUnknown.RESEND, composed(key)));
        gate.awaitArrival();
        return key;
    }

    private EmailKey send() throws Exception {
        var key = rig.flow.lanes().newKey();
        return rig.flow.send(
                LargeMail.email(rig.flow, rig.lane, key, OnUnknown.RESEND, composed(key)));
    }

    private static byte[] composed(EmailKey key) throws Exception {
        return LargeMail.composed(LargeMail.draft(key, List.of(LargeMail.file("film.mp4", LARGE))));
    }

    private void end(EmailKey email, String state) {
        rig.flow
                .lanes()
                .run(
                        "update email set state = ?, due_at = null, finished_at = now() where id ="
                                + " ?",
                        state,
                        email.id());
    }

    private void sweep() {
        sweepAt(Duration.ofHours(1));
    }

    /** So long after the emails have ended. */
    private void sweepAt(Duration later) {
        due(later);
        new SweepDrafts(rig.shared, new SweptDrafts(database)).once();
    }

    private void due(Duration later) {
        rig.flow.lanes().run("update email_draft set sweep_at = now()");
        rig.flow
                .lanes()
                .run(
                        "update email set finished_at = now() - ? * interval '1 second' where"
                                + " finished_at is not null",
                        later.toSeconds());
    }

    private static List<StoredMessage> drafts() {
        return microsoft.mailboxes().drafts(microsoft.account(ApiRig.ANN));
    }

    private List<String> rows() {
        return rig.flow.lanes().texts("select email_id from email_draft");
    }
}
