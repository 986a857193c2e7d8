package dev.postrider.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.page.Page;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.transport.LimitOverrides;
import dev.postrider.transport.sandbox.SandboxMessages;
import dev.postrider.vault.TestVault;
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

    MailboxesTest(Database database) {
        this.database = database;
        this.ann = Tenant.in(database);
        this.mailboxes = TestMailboxes.of(database);
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
        assertThat(load(mailbox))
                .isInstanceOfSatisfying(
                        LoadedMailbox.Ready.class,
                        ready -> {
                            assertThat(ready.mailbox().address()).isEqualTo("ann@example.org");
                            assertThat(ready.mailbox().transport().stored())
                                    .isEqualTo(mailbox.transport().stored());
                            assertThat(ready.credential().orElseThrow().secret())
                                    .isEqualTo(PASSWORD);
                        });
    }

    @Test
    void aServerThatWantsNoLoginGetsNone() {
        var mailbox = connect(ann.smtp("ann@example.org", Optional.empty()));
        assertThat(load(mailbox))
                .isInstanceOfSatisfying(
                        LoadedMailbox.Ready.class,
                        ready -> assertThat(ready.credential()).isEmpty());
    }

    @Test
    void credentialsThatNoKeyOpensAreSaidToBeUnreadable(@TempDir Path other) {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        var lost = TestVault.afterTheKeyWasLost(database, other);
        var elsewhere = TestMailboxes.of(database, lost, MailboxQuota.STANDARD);
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
                        update credential
                        set secret = (select secret from credential where mailbox_id = ?)
                        where mailbox_id = ?
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
        var change =
                TestMailboxes.change(mailbox, new MailboxState.Active(), Optional.of(PASSWORD));
        var dump =
                database.read(handle ->
                        handle.createQuery(
                                        "select mailbox::text || credential::text || encode(secret, 'escape')"
                                                + " from mailbox, credential")
                                .mapTo(String.class)
                                .list());
        assertThat(dump).hasSize(1);
        assertThat(List.of(given, mailbox, opened, change, dump))
                .allSatisfy(each -> assertThat(each.toString()).doesNotContain(PASSWORD));
    }

    @Test
    void aUserHasAnAddressOnce() {
        connect(ann.sandbox("ann@example.org"));
        assertThat(mailboxes.connect(ann.sandbox("ANN@example.org")))
                .isEqualTo(new Mailboxes.Connected.Exists());
        connect(ann.colleague().sandbox("ann@example.org"));
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

    /** Whoever connects a mailbox writes its address herself. */
    @Test
    void aMailboxWithAnothersAddressCatchesNothingThatAnAdminSendsInThatName() {
        var victim = ann.colleague();
        var address = victim.userId() + "@example.org";
        connect(asDefault(ann.colleague().sandbox(address)));
        assertThat(mailboxes.sendingAs(admin(), address)).isEmpty();
        var own = connect(victim.smtp(address, PASSWORD));
        assertThat(mailboxes.sendingAs(admin(), address)).contains(own);
    }

    @Test
    void anAliasOfAnothersAddressCatchesNothingEither() {
        var victim = ann.colleague();
        var address = victim.userId() + "@example.org";
        var thief = ann.colleague().sandbox("thief@example.org");
        connect(
                with(
                        thief,
                        new MailboxOptions(true, List.of(address), LimitOverrides.OF_PROVIDER)));
        assertThat(mailboxes.sendingAs(admin(), address)).isEmpty();
    }

    @Test
    void ofAnAddressThatNobodySignsInWithTheOldestMailboxSends() {
        var first = connect(ann.colleague().smtp("sales@example.org", PASSWORD));
        connect(asDefault(ann.colleague().smtp("sales@example.org", PASSWORD)));
        assertThat(mailboxes.sendingAs(admin(), "sales@example.org")).contains(first);
    }

    private Caller admin() {
        return new Caller(
                ann.workspaceId(), ann.colleague().userId(), "admin@example.org", Role.ADMIN);
    }

    private static NewMailbox asDefault(NewMailbox mailbox) {
        return with(mailbox, new MailboxOptions(true, List.of(), LimitOverrides.OF_PROVIDER));
    }

    private static NewMailbox with(NewMailbox mailbox, MailboxOptions options) {
        return new NewMailbox(
                mailbox.workspaceId(),
                mailbox.userId(),
                mailbox.address(),
                mailbox.displayName(),
                mailbox.transport(),
                mailbox.secret(),
                options);
    }

    @Test
    void anotherWorkspaceFindsNothing() {
        var mailbox = connect(ann.sandbox("ann@example.org"));
        var stranger = Tenant.in(database);
        assertThat(mailboxes.load(stranger.workspaceId(), mailbox.id())).isEmpty();
        assertThat(mailboxes.find(stranger.workspaceId(), mailbox.id())).isEmpty();
        assertThat(
                        mailboxes.hold(
                                stranger.workspaceId(),
                                mailbox.id(),
                                HoldReason.loginRefused("no")))
                .isFalse();
        assertThat(mailboxes.release(stranger.workspaceId(), mailbox.id())).isFalse();
        assertThat(mailboxes.remove(stranger.workspaceId(), mailbox.id(), true))
                .isEqualTo(Removal.NOT_FOUND);
        assertThat(find(mailbox)).isEqualTo(mailbox);
    }

    @Test
    void aWorkspaceHasSoManyMailboxesAtMost() {
        var few = TestMailboxes.of(database, TestVault.of(database), new MailboxQuota(2));
        Tenant.connect(few, ann.sandbox("1@example.org"));
        Tenant.connect(few, ann.colleague().sandbox("2@example.org"));
        assertThat(few.connect(ann.sandbox("3@example.org")))
                .isEqualTo(new Mailboxes.Connected.TooMany(2));
        Tenant.connect(few, Tenant.in(database).sandbox("3@example.org"));
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
    void pagesGoBothWays() {
        var one = connect(ann.sandbox("1@example.org"));
        var two = connect(ann.sandbox("2@example.org"));
        var three = connect(ann.sandbox("3@example.org"));
        var first =
                mailboxes.list(
                        ann.workspaceId(), MailboxFilter.of(Optional.empty()), page(null, null));
        assertThat(first).isEqualTo(new Page.Items<>(List.of(three, two), true));
        var second =
                mailboxes.list(
                        ann.workspaceId(), MailboxFilter.of(Optional.empty()), page(two, null));
        assertThat(second).isEqualTo(new Page.Items<>(List.of(one), false));
        var back =
                mailboxes.list(
                        ann.workspaceId(), MailboxFilter.of(Optional.empty()), page(null, one));
        assertThat(back).isEqualTo(new Page.Items<>(List.of(three, two), false));
        var others = Optional.of(ann.colleague().userId());
        assertThat(
                        mailboxes
                                .list(ann.workspaceId(), MailboxFilter.of(others), page(null, null))
                                .items())
                .isEmpty();
    }

    private static Page page(@Nullable Mailbox after, @Nullable Mailbox before) {
        return new Page(
                2,
                Optional.ofNullable(after).map(Mailbox::id),
                Optional.ofNullable(before).map(Mailbox::id));
    }

    private void keep(Mailbox mailbox, String content) {
        new SandboxMessages(database)
                .keep(
                        mailbox.key(),
                        Optional.empty(),
                        "a@example.org",
                        List.of("b@example.org"),
                        bytes(content));
    }

    private LoadedMailbox load(Mailbox mailbox) {
        return mailboxes.load(mailbox.workspaceId(), mailbox.id()).orElseThrow();
    }

    private Mailbox connect(NewMailbox mailbox) {
        return Tenant.connect(mailboxes, mailbox);
    }

    private Mailbox find(Mailbox mailbox) {
        return mailboxes.find(mailbox.workspaceId(), mailbox.id()).orElseThrow();
    }

    private Optional<Mailbox> defaultMailbox() {
        return mailboxes.defaultFor(ann.workspaceId(), ann.userId());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
