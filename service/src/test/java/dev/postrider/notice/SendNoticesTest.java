package dev.postrider.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.flow.accept.TestIntake;
import dev.postrider.flow.store.change.CancelQueuedMail;
import dev.postrider.mailbox.HoldReason;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.ReadMailbox;
import dev.postrider.mailbox.Tenant;
import dev.postrider.mailbox.TestMailboxes;
import dev.postrider.mailbox.notify.TestReconnectLinks;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.rig.Parallel;
import dev.postrider.transport.TestKinds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The owner of a mailbox that is held gets one email, in plain words. */
@ExtendWith(TestDatabase.class)
final class SendNoticesTest {
    private static final HoldReason REFUSED =
            HoldReason.loginRefused("The server refused the login: 535 5.7.8 no");

    private final Database database;
    private final Tenant ann;
    private final Tenant admin;
    private final Mailboxes mailboxes;
    private final Mailbox mailbox;
    private final Mailbox notification;
    private final SendNotices sending;

    SendNoticesTest(Database database, @TempDir Path folder) {
        this.database = database;
        this.ann = Tenant.in(database);
        this.admin = ann.colleague();
        this.mailboxes = TestMailboxes.of(database);
        this.mailbox = Tenant.connect(mailboxes, ann.sandbox("ann@example.org"));
        this.notification = Tenant.connect(mailboxes, admin.sandbox("news@crm.example.com"));
        this.sending = sending(folder);
    }

    @BeforeEach
    void notifies() {
        database.inTransaction(handle -> handle.execute("delete from owner_notice"));
        set("name = 'Dunder & Mifflin', notification_mailbox_id = '" + notification.id() + "'");
    }

    @Test
    void itIsAnEmailAsAnyOtherThroughTheNotificationMailbox() throws Exception {
        ann.email(mailbox, "queued");
        ann.email(mailbox, "queued");
        hold();

        sending.send();

        var email = emails().getFirst();
        assertThat(email.mailbox()).isEqualTo(notification.id());
        assertThat(email.author()).isEqualTo("Dunder & Mifflin <news@crm.example.com>");
        assertThat(email.recipients()).isEqualTo(ann.userId() + "@example.org");
        assertThat(email.subject())
                .isEqualTo("Dunder & Mifflin: ann@example.org can't send email at the moment");
        assertThat(email.tags()).contains("mailbox_held", mailbox.id().toString());
        assertThat(email.content())
                .contains("Auto-Submitted: auto-generated")
                .contains("The server refused the login: 535 5.7.8 no")
                .contains("2 emails wait.")
                .contains("https://mail.example.org/connect/")
                .contains("If you don't know Dunder & Mifflin");
    }

    @Test
    void germansAreToldInGerman() throws Exception {
        set("language = 'de'");
        ann.email(mailbox, "queued");
        hold();

        sending.send();

        assertThat(emails().getFirst().subject())
                .isEqualTo("Dunder & Mifflin: ann@example.org kann zurzeit keine E-Mails senden");
        assertThat(emails().getFirst().content())
                .contains("Der Mailserver hat die Anmeldung abgelehnt.")
                .contains("1 E-Mail wartet.");
    }

    @Test
    void onAllNodesTogetherAndAfterACrashItIsOneEmail() throws Exception {
        hold();

        Parallel.times(
                8,
                () -> {
                    sending.send();
                    return true;
                });
        assertThat(emails()).hasSize(1);

        // it was accepted, and the node died before it could write that down
        database.inTransaction(
                handle -> handle.execute("update owner_notice set due_at = now(), attempts = 1"));
        sending.send();
        sending.send();
        assertThat(emails()).hasSize(1);
    }

    @Test
    void aMailboxThatIsHeldAgainTheSameDayIsToldOnce() throws Exception {
        hold();
        sending.send();
        release();
        hold();
        sending.send();
        assertThat(emails()).hasSize(1);

        database.inTransaction(handle ->
                handle.execute("update owner_notice set wanted_at = now() - interval '25 hours'"));
        release();
        hold();
        sending.send();
        assertThat(emails()).hasSize(2);
    }

    @Test
    void whoHasMendedItBeforeIsNotTold() throws Exception {
        hold();
        release();

        sending.send();

        assertThat(emails()).isEmpty();
        hold();
        sending.send();
        assertThat(emails()).hasSize(1);
    }

    @Test
    void theNotificationMailboxItselfIsNotToldOfThroughItself() throws Exception {
        mailboxes.hold(ann.workspaceId(), notification.id(), REFUSED);

        sending.send();

        assertThat(emails()).isEmpty();
        assertThat(wanted()).isZero();
    }

    @Test
    void withoutANotificationMailboxNobodyIsWrittenTo() throws Exception {
        set("notification_mailbox_id = null");
        hold();
        sending.send();
        assertThat(wanted()).isZero();

        release();
        set("notification_mailbox_id = '" + notification.id() + "'");
        hold();
        set("notification_mailbox_id = null");
        sending.send();
        assertThat(emails()).isEmpty();
        assertThat(wanted()).isZero();
    }

    @Test
    void anotherWorkspacesMailboxIsNoNotificationMailbox() throws Exception {
        var stranger = Tenant.in(database);
        var foreign = Tenant.connect(mailboxes, stranger.sandbox("eve@example.org"));
        set("notification_mailbox_id = '" + foreign.id() + "'");
        hold();

        sending.send();

        assertThat(emails()).isEmpty();
        var ofStranger =
                database.read(handle ->
                        handle.createQuery("select count(*) from email where workspace_id = ?")
                                .bind(0, stranger.workspaceId())
                                .mapTo(Long.class)
                                .one());
        assertThat(ofStranger).isZero();
    }

    @Test
    void whoLogsInWithWhatIsNoAddressIsLeftInPeace() throws Exception {
        database.inTransaction(handle ->
                handle.createUpdate("update user_account set email = :email where id = :id")
                        .bind("email", "ann@" + ann.userId() + "..example")
                        .bind("id", ann.userId())
                        .execute());
        hold();

        sending.send();

        assertThat(emails()).isEmpty();
    }

    private SendNotices sending(Path folder) {
        var read = new ReadMailbox(TestKinds.of(database), new CancelQueuedMail());
        return new SendNotices(
                database,
                read,
                TestReconnectLinks.NUMBERED,
                TestIntake.of(database, new Wakeups(), mailboxes, folder),
                InstantSource.system());
    }

    private void hold() {
        assertThat(mailboxes.hold(ann.workspaceId(), mailbox.id(), REFUSED)).isTrue();
    }

    private void release() {
        assertThat(mailboxes.release(ann.workspaceId(), mailbox.id())).isTrue();
    }

    private void set(String what) {
        database.inTransaction(handle ->
                handle.createUpdate("update workspace set " + what + " where id = :id")
                        .bind("id", ann.workspaceId())
                        .execute());
    }

    private long wanted() {
        return database.read(handle ->
                handle.createQuery("select count(*) from owner_notice").mapTo(Long.class).one());
    }

    private record Sent(
            UUID mailbox,
            String author,
            String recipients,
            String subject,
            String tags,
            String content) {}

    /** Those that are still to be sent, but for the ones that a test has queued itself. */
    private List<Sent> emails() {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select email.mailbox_id, author, subject, tags, bytes,
                                       (select string_agg(address, ' ')
                                        from recipient
                                        where recipient.workspace_id = email.workspace_id
                                          and recipient.email_id = email.id) as recipients
                                from email
                                join email_content
                                  on email_content.workspace_id = email.workspace_id
                                 and email_content.email_id = email.id
                                where email.workspace_id = :workspace
                                order by email.id
                                """)
                        .bind("workspace", ann.workspaceId())
                        .map((row, _) ->
                                new Sent(
                                        row.getObject("mailbox_id", UUID.class),
                                        row.getString("author"),
                                        row.getString("recipients"),
                                        row.getString("subject"),
                                        row.getString("tags"),
                                        new String(row.getBytes("bytes"), StandardCharsets.UTF_8)))
                        .list());
    }
}
