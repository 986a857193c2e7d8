package dev.postrider.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.credential.Login;
import dev.postrider.flow.store.MailOfMailbox;
import dev.postrider.http.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.transport.Provider;
import dev.postrider.transport.Transport;
import dev.postrider.transport.sandbox.SandboxMessage;
import dev.postrider.transport.smtp.SmtpServer;
import dev.postrider.transport.smtp.Tls;
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabase.class)
final class MailboxesTest {
    private static final String PASSWORD = "Blaubeerkuchen-um-vier";

    private final Database database;
    private final Tenant ann;
    private final Mailboxes mailboxes;

    MailboxesTest(Database database, @TempDir Path folder) {
        this.database = database;
        this.ann = Tenant.in(database);
        this.mailboxes =
                new Mailboxes(database, vault(folder.resolve("key.json")), new MailOfMailbox());
    }

    @BeforeEach
    void removeAll() {
        database.inTransaction(handle -> handle.execute("truncate mailbox, email cascade"));
    }

    @Test
    void aConnectedMailboxIsActiveAndHasALaneThatSleeps() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        assertThat(mailbox.address()).isEqualTo("ann@example.org");
        assertThat(mailbox.userId()).contains(ann.userId());
        assertThat(mailbox.displayName()).contains("Ann Example");
        assertThat(mailbox.state()).isEqualTo(new MailboxState.Active());
        assertThat(mailbox.updatedAt()).isEqualTo(mailbox.createdAt());
        assertThat(ann.wake(mailbox)).contains(new Tenant.Wake(false, 0));
    }

    @Test
    void itOpensWithItsCredentials() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        var server = new SmtpServer("mail.example.org", 465, Tls.IMPLICIT, Optional.empty());
        assertThat(mailboxes.load(ann.workspaceId(), mailbox.id()))
                .contains(
                        new LoadedMailbox.Ready(
                                mailbox,
                                new Transport.Smtp(
                                        server,
                                        Optional.of(new Login("ann@example.org", PASSWORD)))));
    }

    @Test
    void aServerThatWantsNoLoginGetsNone() {
        var server = new SmtpServer("127.0.0.1", 2525, Tls.NONE, Optional.of("(a PEM)"));
        var mailbox =
                connect(
                        new NewMailbox(
                                ann.workspaceId(),
                                ann.userId(),
                                "ann@example.org",
                                Optional.empty(),
                                new Provider.Smtp(server, Optional.empty()),
                                Optional.empty(),
                                MailboxOptions.USUAL));
        assertThat(mailboxes.load(ann.workspaceId(), mailbox.id()))
                .contains(
                        new LoadedMailbox.Ready(
                                mailbox, new Transport.Smtp(server, Optional.empty())));
    }

    @Test
    void credentialsThatNoKeyOpensAreSaidToBeUnreadable(@TempDir Path other) {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        var elsewhere =
                new Mailboxes(database, vault(other.resolve("other.json")), new MailOfMailbox());
        assertThat(elsewhere.load(ann.workspaceId(), mailbox.id()))
                .get()
                .isInstanceOf(LoadedMailbox.Unreadable.class);
    }

    @Test
    void aSecretCopiedToAnotherMailboxDoesNotOpen() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        var thief = connect(ann.colleague().smtp("thief@example.org", "own"));
        database.inTransaction(handle ->
                handle.execute(
                        """
                        update mailbox
                        set secret = (select secret from mailbox where id = ?)
                        where id = ?
                        """,
                        mailbox.id(),
                        thief.id()));
        assertThat(mailboxes.load(ann.workspaceId(), thief.id()))
                .get()
                .isInstanceOf(LoadedMailbox.Unreadable.class);
    }

    @Test
    void thePasswordIsNeitherInTheTableNorInAnyText() {
        var given = ann.smtp("ann@example.org", PASSWORD);
        var mailbox = connect(given);
        var opened = mailboxes.load(ann.workspaceId(), mailbox.id()).orElseThrow();
        var change = change(mailbox, new MailboxState.Active(), Optional.of(PASSWORD));
        var dump =
                database.read(handle ->
                        handle.createQuery(
                                        "select mailbox::text || encode(secret, 'escape') from mailbox")
                                .mapTo(String.class)
                                .list());
        assertThat(dump).hasSize(1);
        assertThat(List.of(given, mailbox, opened, change, dump))
                .allSatisfy(each -> assertThat(each.toString()).doesNotContain(PASSWORD));
    }

    @Test
    void aUserHasAnAddressOnce() {
        connect(ann.sandbox("ann@example.org"));
        assertThat(mailboxes.connect(ann.sandbox("ANN@example.org"))).isEmpty();
        assertThat(mailboxes.connect(ann.colleague().sandbox("ann@example.org"))).isPresent();
    }

    @Test
    void theOldestMailboxWithAServerIsTheDefault() {
        assertThat(defaultMailbox()).isEmpty();
        var sandbox = connect(ann.sandbox("box@example.org"));
        assertThat(defaultMailbox()).contains(sandbox);
        connect(ann.sandbox("second@example.org"));
        assertThat(defaultMailbox()).contains(sandbox);
        var smtp = connect(ann.smtp("ann@example.org", PASSWORD));
        connect(ann.smtp("another@example.org", PASSWORD));
        assertThat(defaultMailbox()).contains(smtp);
        assertThat(mailboxes.defaultFor(ann.workspaceId(), ann.colleague().userId())).isEmpty();
    }

    @Test
    void anotherWorkspaceFindsNothing() {
        var mailbox = connect(ann.sandbox("ann@example.org"));
        var stranger = Tenant.in(database);
        assertThat(mailboxes.load(stranger.workspaceId(), mailbox.id())).isEmpty();
        assertThat(mailboxes.find(stranger.workspaceId(), mailbox.id())).isEmpty();
        assertThat(mailboxes.hold(stranger.workspaceId(), mailbox.id(), "no")).isFalse();
        assertThat(mailboxes.release(stranger.workspaceId(), mailbox.id())).isFalse();
        assertThat(mailboxes.remove(stranger.workspaceId(), mailbox.id(), true))
                .isEqualTo(Removal.NOT_FOUND);
        assertThat(mailboxes.keep(stranger.workspaceId(), mailbox.id(), "a", List.of(), bytes("")))
                .isEmpty();
        assertThat(find(mailbox)).isEqualTo(mailbox);
    }

    @Test
    void aHeldMailboxKeepsItsFirstReason() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        assertThat(mailboxes.hold(ann.workspaceId(), mailbox.id(), "first")).isTrue();
        assertThat(mailboxes.hold(ann.workspaceId(), mailbox.id(), "second")).isFalse();
        assertThat(find(mailbox).state()).isEqualTo(new MailboxState.Held("first"));
    }

    @Test
    void aPausedMailboxStaysPaused() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        var paused = new MailboxState.Paused("by request");
        assertThat(mailboxes.change(change(mailbox, paused, Optional.empty()))).isPresent();
        assertThat(mailboxes.hold(ann.workspaceId(), mailbox.id(), "refused")).isFalse();
        assertThat(find(mailbox).state()).isEqualTo(paused);
    }

    @Test
    void credentialsThatWereReplacedMeanwhileAreNotHeldForTheOldOnes() {
        var loaded = connect(ann.smtp("ann@example.org", "old"));
        var changed =
                mailboxes
                        .change(change(loaded, new MailboxState.Active(), Optional.of("new")))
                        .orElseThrow();
        assertThat(mailboxes.hold(loaded, "535 old")).isFalse();
        assertThat(mailboxes.hold(changed, "535 new")).isTrue();
    }

    @Test
    void aReleasedMailboxIsActiveAndItsLaneIsDue() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        mailboxes.hold(ann.workspaceId(), mailbox.id(), "refused");
        assertThat(mailboxes.release(ann.workspaceId(), mailbox.id())).isTrue();
        assertThat(find(mailbox).state()).isEqualTo(new MailboxState.Active());
        assertThat(ann.wake(mailbox)).contains(new Tenant.Wake(true, 1));
        assertThat(mailboxes.release(ann.workspaceId(), mailbox.id())).isFalse();
        assertThat(ann.wake(mailbox)).contains(new Tenant.Wake(true, 1));
    }

    @Test
    void aChangeThatReleasesWakesTheLane() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        mailboxes.hold(ann.workspaceId(), mailbox.id(), "refused");
        var held = find(mailbox);
        assertThat(mailboxes.change(change(held, new MailboxState.Active(), Optional.of("new"))))
                .get()
                .extracting(Mailbox::state)
                .isEqualTo(new MailboxState.Active());
        assertThat(ann.wake(mailbox)).contains(new Tenant.Wake(true, 1));
        assertThat(password(mailbox)).isEqualTo("new");
    }

    @Test
    void aChangeMadeFromAnOldStateIsRefused() {
        var mailbox = connect(ann.smtp("ann@example.org", "old"));
        var change = change(mailbox, new MailboxState.Active(), Optional.of("new"));
        assertThat(mailboxes.change(change)).isPresent();
        assertThat(mailboxes.change(change)).isEmpty();
    }

    @Test
    void aChangeWithoutPasswordKeepsTheOneThereIs() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        mailboxes.change(change(mailbox, new MailboxState.Active(), Optional.empty()));
        assertThat(password(mailbox)).isEqualTo(PASSWORD);
    }

    @Test
    void aMailboxGoesWithItsLaneAndItsSandbox() {
        var mailbox = connect(ann.sandbox("ann@example.org"));
        keep(mailbox, "Subject: Hello\r\n\r\n");
        assertThat(mailboxes.remove(ann.workspaceId(), mailbox.id(), false))
                .isEqualTo(Removal.REMOVED);
        assertThat(mailboxes.find(ann.workspaceId(), mailbox.id())).isEmpty();
        assertThat(ann.wake(mailbox)).isEmpty();
        assertThat(mailboxes.remove(ann.workspaceId(), mailbox.id(), false))
                .isEqualTo(Removal.NOT_FOUND);
    }

    @Test
    void mailThatWaitsKeepsItsMailboxUnlessItIsCanceled() {
        var mailbox = connect(ann.sandbox("ann@example.org"));
        var sent = ann.email(mailbox, "sent");
        var queued = ann.email(mailbox, "queued");
        assertThat(mailboxes.remove(ann.workspaceId(), mailbox.id(), false))
                .isEqualTo(Removal.HAS_MAIL);
        assertThat(ann.stateOf(queued)).isEqualTo("queued");
        assertThat(mailboxes.remove(ann.workspaceId(), mailbox.id(), true))
                .isEqualTo(Removal.REMOVED);
        assertThat(ann.stateOf(queued)).isEqualTo("canceled");
        assertThat(ann.stateOf(sent)).isEqualTo("sent");
    }

    @Test
    void mailThatIsBeingSentIsNeverCanceled() {
        var mailbox = connect(ann.sandbox("ann@example.org"));
        var sending = ann.email(mailbox, "sending");
        assertThat(mailboxes.remove(ann.workspaceId(), mailbox.id(), true))
                .isEqualTo(Removal.HAS_MAIL);
        assertThat(ann.stateOf(sending)).isEqualTo("sending");
        assertThat(mailboxes.find(ann.workspaceId(), mailbox.id())).isPresent();
    }

    @Test
    void aSandboxShowsWhatItKeptNewestFirst() {
        var mailbox = connect(ann.sandbox("ann@example.org"));
        keep(mailbox, "no header at all");
        keep(
                mailbox,
                "From: a@example.org\r\nSubject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\nHello\r\n");
        var kept = mailboxes.sandbox(mailbox, new Page(10, Optional.empty(), Optional.empty()));
        assertThat(kept.hasMore()).isFalse();
        assertThat(kept.items())
                .extracting(SandboxMessage::subject)
                .containsExactly(Optional.of("Grüße"), Optional.empty());
        var newest = kept.items().getFirst();
        assertThat(newest.sender()).isEqualTo("a@example.org");
        assertThat(newest.recipients()).containsExactly("b@example.org", "c@example.org");
        assertThat(mailboxes.sandboxContent(mailbox, newest.id()))
                .get()
                .satisfies(content -> assertThat(content).hasSize(newest.size()));
        assertThat(mailboxes.sandboxContent(mailbox, NewId.get())).isEmpty();
    }

    @Test
    void pagesGoBothWays() {
        var one = connect(ann.sandbox("1@example.org"));
        var two = connect(ann.sandbox("2@example.org"));
        var three = connect(ann.sandbox("3@example.org"));
        var first = mailboxes.list(ann.workspaceId(), Optional.empty(), page(null, null));
        assertThat(first).isEqualTo(new Page.Items<>(List.of(three, two), true));
        var second = mailboxes.list(ann.workspaceId(), Optional.empty(), page(two, null));
        assertThat(second).isEqualTo(new Page.Items<>(List.of(one), false));
        var back = mailboxes.list(ann.workspaceId(), Optional.empty(), page(null, one));
        assertThat(back).isEqualTo(new Page.Items<>(List.of(three, two), false));
        var others = Optional.of(ann.colleague().userId());
        assertThat(mailboxes.list(ann.workspaceId(), others, page(null, null)).items()).isEmpty();
    }

    private static Page page(@Nullable Mailbox after, @Nullable Mailbox before) {
        return new Page(
                2,
                Optional.ofNullable(after).map(Mailbox::id),
                Optional.ofNullable(before).map(Mailbox::id));
    }

    private static MailboxChange change(
            Mailbox mailbox, MailboxState state, Optional<String> password) {
        return new MailboxChange(
                mailbox,
                mailbox.displayName(),
                mailbox.provider(),
                password,
                state,
                mailbox.conduct());
    }

    private void keep(Mailbox mailbox, String content) {
        var recipients = List.of("b@example.org", "c@example.org");
        assertThat(
                        mailboxes.keep(
                                mailbox.workspaceId(),
                                mailbox.id(),
                                "a@example.org",
                                recipients,
                                bytes(content)))
                .isPresent();
    }

    private Mailbox connect(NewMailbox mailbox) {
        return mailboxes.connect(mailbox).orElseThrow();
    }

    private Mailbox find(Mailbox mailbox) {
        return mailboxes.find(mailbox.workspaceId(), mailbox.id()).orElseThrow();
    }

    private Optional<Mailbox> defaultMailbox() {
        return mailboxes.defaultFor(ann.workspaceId(), ann.userId());
    }

    private String password(Mailbox mailbox) {
        return switch (mailboxes.load(mailbox.workspaceId(), mailbox.id()).orElseThrow()) {
            case LoadedMailbox.Ready(_, Transport.Smtp(_, var login)) ->
                    login.orElseThrow().password();
            case LoadedMailbox.Ready(_, Transport.Sandbox _), LoadedMailbox.Unreadable _ ->
                    throw new AssertionError("no password");
        };
    }

    private Vault vault(Path file) {
        var key = new MasterKeyFile(file);
        key.create();
        return Vault.of(database, key);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
