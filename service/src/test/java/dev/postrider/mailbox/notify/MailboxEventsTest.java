package dev.postrider.mailbox.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.event.EventType;
import dev.postrider.event.MailboxEvent;
import dev.postrider.flow.store.change.CancelQueuedMail;
import dev.postrider.mailbox.HoldReason;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxChange;
import dev.postrider.mailbox.MailboxOptions;
import dev.postrider.mailbox.MailboxState;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.Tenant;
import dev.postrider.mailbox.TestMailboxes;
import dev.postrider.mailbox.UserMailboxes;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Parallel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each change of a mailbox is told once, in the transaction that makes it, to its workspace. */
@ExtendWith(TestDatabase.class)
final class MailboxEventsTest {
    private static final HoldReason REFUSED = HoldReason.loginRefused("535 no");

    private final Database database;
    private final Tenant ann;
    private final Mailboxes mailboxes;

    MailboxEventsTest(Database database) {
        this.database = database;
        this.ann = Tenant.in(database);
        this.mailboxes = TestMailboxes.of(database);
    }

    @Test
    void theDataShowTheMailboxAsItIsThen() {
        var told = ToldEvents.all(database, ann.workspaceId());
        var mailbox = connect();
        assertThat(told.types()).containsExactly("mailbox.connected");
        assertThat(told.last().path("reconnected").asBoolean(true)).isFalse();
        ann.email(mailbox, "queued");
        ann.email(mailbox, "sending");
        ann.email(mailbox, "sent");

        mailboxes.hold(ann.workspaceId(), mailbox.id(), REFUSED);

        var held = told.last();
        assertThat(held.path("object").asText()).isEqualTo("mailbox");
        assertThat(held.path("id").asText()).isEqualTo(mailbox.id().toString());
        assertThat(held.path("mailbox_id").asText()).isEqualTo(mailbox.id().toString());
        assertThat(held.path("user_id").asText()).isEqualTo(ann.userId().toString());
        assertThat(held.path("address").asText()).isEqualTo("ann@example.org");
        assertThat(held.path("state").asText()).isEqualTo("held");
        assertThat(held.path("reason").asText()).isEqualTo("535 no");
        assertThat(held.path("reason_code").asText()).isEqualTo("login_refused");
        assertThat(held.path("waiting").asInt()).isEqualTo(2);
        assertThat(Instant.parse(held.path("state_since").asText()))
                .isAfterOrEqualTo(mailbox.createdAt());
    }

    /** Its URL lets somebody in: it is sealed, for this event alone. */
    @Test
    void aHeldMailboxIsToldWithALinkThatIsGoodForAsLongAsItIsToldAgain() {
        var told = ToldEvents.all(database, ann.workspaceId());
        var mailbox = connect();
        mailboxes.hold(ann.workspaceId(), mailbox.id(), REFUSED);

        var held = told.list().getLast();

        assertThat(held.data().path("reconnect_url").isNull()).isTrue();
        assertThat(told.sealed(held)).contains("\"https://mail.example.org/connect/");
        assertThat(Instant.parse(held.data().path("reconnect_expires_at").asText()))
                .isAfter(Instant.now().plus(Duration.ofDays(6)));
    }

    @Test
    void whatManyFindAtOnceIsToldOnce() throws Exception {
        var mailbox = connect();
        var told = ToldEvents.all(database, ann.workspaceId());
        var other = TestMailboxes.of(database);

        var held =
                Parallel.times(
                        16,
                        () ->
                                (Thread.currentThread().threadId() % 2 == 0 ? mailboxes : other)
                                        .hold(ann.workspaceId(), mailbox.id(), REFUSED));
        assertThat(held).containsOnlyOnce(true);
        assertThat(told.types()).containsExactly("mailbox.held");

        var released = Parallel.times(16, () -> mailboxes.release(ann.workspaceId(), mailbox.id()));
        assertThat(released).containsOnlyOnce(true);
        assertThat(told.types()).containsExactly("mailbox.held", "mailbox.released");
        assertThat(told.last().path("was").asText()).isEqualTo("held");
        assertThat(told.last().path("state").asText()).isEqualTo("active");

        mailboxes.hold(ann.workspaceId(), mailbox.id(), REFUSED);
        assertThat(told.types())
                .containsExactly("mailbox.held", "mailbox.released", "mailbox.held");
    }

    @Test
    void anEditThatLetsItGoOnReleasesIt() {
        var mailbox = connect();
        var told = ToldEvents.all(database, ann.workspaceId());
        mailboxes.hold(ann.workspaceId(), mailbox.id(), REFUSED);

        change(mailbox, new MailboxState.Active());

        assertThat(told.types()).containsExactly("mailbox.held", "mailbox.released");
        change(mailbox, new MailboxState.Paused("by request"));
        assertThat(told.types()).hasSize(2);
        change(mailbox, new MailboxState.Active());
        assertThat(told.last().path("was").asText()).isEqualTo("paused");
    }

    @Test
    void aMailboxIsToldRemovedWithWhatItWas() {
        var mailbox = connect();
        var told = ToldEvents.all(database, ann.workspaceId());

        mailboxes.remove(ann.workspaceId(), mailbox.id(), false);
        mailboxes.remove(ann.workspaceId(), mailbox.id(), false);

        assertThat(told.types()).containsExactly("mailbox.removed");
        assertThat(told.last().path("address").asText()).isEqualTo("ann@example.org");
    }

    @Test
    void oneThatStaysBecauseOfItsMailIsNotTold() {
        var mailbox = connect();
        ann.email(mailbox, "queued");
        var told = ToldEvents.all(database, ann.workspaceId());

        mailboxes.remove(ann.workspaceId(), mailbox.id(), false);

        assertThat(told.rows()).isZero();
    }

    @Test
    void theMailboxesOfAUserWhoComesBackAreToldReleased() {
        var mailbox = connect();
        var told = ToldEvents.all(database, ann.workspaceId());
        var ofUsers = new UserMailboxes(new CancelQueuedMail(), TestMailboxes.events(database));
        mailboxes.hold(ann.workspaceId(), mailbox.id(), REFUSED);

        database.inTransaction(handle -> {
            ofUsers.pause(handle, ann.workspaceId(), ann.userId());
            ofUsers.resume(handle, ann.workspaceId(), ann.userId());
            return true;
        });

        assertThat(told.types()).containsExactly("mailbox.held", "mailbox.released");
    }

    @Test
    void withoutAWebhookThatWantsItNothingIsWritten() {
        var told = ToldEvents.of(database, ann.workspaceId(), EventType.EMAIL_SENT);
        var mailbox = connect();

        mailboxes.hold(ann.workspaceId(), mailbox.id(), REFUSED);

        assertThat(told.rows()).isZero();
    }

    @Test
    void noOtherWorkspaceIsTold() {
        var stranger = ToldEvents.all(database, Tenant.in(database).workspaceId());
        var own = ToldEvents.all(database, ann.workspaceId());

        mailboxes.hold(ann.workspaceId(), connect().id(), REFUSED);

        assertThat(own.types()).containsExactly("mailbox.connected", "mailbox.held");
        assertThat(stranger.rows()).isZero();
    }

    /** Both are in one transaction: a node that dies between them has done neither. */
    @Test
    void whatCannotBeToldHasNotHappened() {
        var mailbox = connect();
        var told = ToldEvents.all(database, ann.workspaceId());
        var events = TestMailboxes.events(database);
        var dying =
                TestMailboxes.telling(
                        database,
                        (handle, workspace, id, event) -> {
                            events.tell(handle, workspace, id, event);
                            throw new IllegalStateException("the node dies");
                        });

        assertThatThrownBy(() -> dying.hold(ann.workspaceId(), mailbox.id(), REFUSED))
                .hasMessage("the node dies");
        assertThat(state(mailbox)).isEqualTo("active");
        mailboxes.hold(ann.workspaceId(), mailbox.id(), REFUSED);
        assertThatThrownBy(() -> dying.release(ann.workspaceId(), mailbox.id()))
                .hasMessage("the node dies");
        assertThat(state(mailbox)).isEqualTo("held");
        assertThatThrownBy(() -> dying.remove(ann.workspaceId(), mailbox.id(), true))
                .hasMessage("the node dies");
        assertThat(state(mailbox)).isEqualTo("held");

        assertThat(told.types()).containsExactly("mailbox.held");
    }

    private String state(Mailbox mailbox) {
        return mailboxes.find(ann.workspaceId(), mailbox.id()).orElseThrow().state().text();
    }

    @Test
    void aChangeThatIsTakenBackIsNotTold() {
        var mailbox = connect();
        var told = ToldEvents.all(database, ann.workspaceId());
        var events = TestMailboxes.events(database);

        assertThatThrownBy(() ->
                        database.inTransaction(handle -> {
                            events.tell(
                                    handle,
                                    ann.workspaceId(),
                                    mailbox.id(),
                                    new MailboxEvent.Expiring(Instant.EPOCH));
                            throw new IllegalStateException("the node dies");
                        }))
                .hasMessage("the node dies");

        assertThat(told.rows()).isZero();
    }

    private Mailbox connect() {
        return Tenant.connect(mailboxes, ann.sandbox("ann@example.org"));
    }

    private void change(Mailbox mailbox, MailboxState state) {
        var now = mailboxes.find(ann.workspaceId(), mailbox.id()).orElseThrow();
        assertThat(
                        mailboxes.change(
                                new MailboxChange(
                                        now,
                                        now.displayName(),
                                        now.transport(),
                                        Optional.empty(),
                                        state,
                                        MailboxOptions.USUAL)))
                .isPresent();
    }
}
