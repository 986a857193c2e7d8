package dev.postrider.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.credential.CredentialTable;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What changes a mailbox: holds and releases, edits, new credentials, each made from what was seen.
 */
@ExtendWith(TestDatabase.class)
final class MailboxChangesTest {
    private static final String PASSWORD = "Blaubeerkuchen-um-vier";

    private final Database database;
    private final Tenant ann;
    private final Mailboxes mailboxes;

    MailboxChangesTest(Database database) {
        this.database = database;
        this.ann = Tenant.in(database);
        this.mailboxes = TestMailboxes.of(database);
    }

    @Test
    void aHeldMailboxKeepsItsFirstReason() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        assertThat(
                        mailboxes.hold(
                                ann.workspaceId(), mailbox.id(), HoldReason.loginRefused("first")))
                .isTrue();
        assertThat(
                        mailboxes.hold(
                                ann.workspaceId(), mailbox.id(), HoldReason.loginRefused("second")))
                .isFalse();
        assertThat(find(mailbox).state())
                .isEqualTo(new MailboxState.Held(HoldReason.loginRefused("first")));
    }

    @Test
    void aPausedMailboxStaysPaused() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        var paused = new MailboxState.Paused("by request");
        assertThat(mailboxes.change(TestMailboxes.change(mailbox, paused, Optional.empty())))
                .isPresent();
        assertThat(
                        mailboxes.hold(
                                ann.workspaceId(),
                                mailbox.id(),
                                HoldReason.loginRefused("refused")))
                .isFalse();
        assertThat(find(mailbox).state()).isEqualTo(paused);
    }

    @Test
    void credentialsThatWereReplacedMeanwhileAreNotHeldForTheOldOnes() {
        var mailbox = connect(ann.smtp("ann@example.org", "old"));
        var loaded = load(mailbox);
        mailboxes.change(
                TestMailboxes.change(mailbox, new MailboxState.Active(), Optional.of("new")));
        assertThat(mailboxes.hold(loaded, HoldReason.loginRefused("535 old"))).isFalse();
        assertThat(mailboxes.hold(load(mailbox), HoldReason.loginRefused("535 new"))).isTrue();
    }

    /** A refused login is one, however the mailbox is called by now. */
    @Test
    void anEditOfSomethingElseDoesNotSaveARefusedLogin() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        var loaded = load(mailbox);
        mailboxes.change(
                TestMailboxes.change(mailbox, new MailboxState.Active(), Optional.empty()));
        assertThat(mailboxes.hold(loaded, HoldReason.loginRefused("535"))).isTrue();
    }

    /** A server without login that was refused mail (530) isn't the one that is set by now. */
    @Test
    void settingsThatWereReplacedMeanwhileAreNotHeldForTheOldOnes() {
        var mailbox = connect(ann.smtp("ann@example.org", Optional.empty()));
        var loaded = load(mailbox);
        var other = ann.smtp("ann@example.org", PASSWORD);
        mailboxes.change(
                new MailboxChange(
                        mailbox,
                        mailbox.displayName(),
                        other.transport(),
                        other.secret(),
                        new MailboxState.Active(),
                        mailbox.options()));
        assertThat(mailboxes.hold(loaded, HoldReason.loginRefused("530"))).isFalse();
    }

    /** A grant that is refreshed ends no round of the worker and refuses nobody's edit. */
    @Test
    void aNewSecretIsNoChangeOfTheMailbox() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        var before = load(mailbox);
        database.inTransaction(handle -> {
            CredentialTable.put(
                    handle, ann.workspaceId(), mailbox.id(), "oauth", new byte[] {1, 2, 3});
            return true;
        });
        assertThat(find(mailbox).updatedAt()).isEqualTo(mailbox.updatedAt());
        assertThat(load(mailbox).credentialVersion()).isGreaterThan(before.credentialVersion());
        assertThat(
                        mailboxes.change(
                                TestMailboxes.change(
                                        mailbox, new MailboxState.Active(), Optional.empty())))
                .isPresent();
    }

    @Test
    void aReleasedMailboxIsActiveAndItsLaneIsDue() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        mailboxes.hold(ann.workspaceId(), mailbox.id(), HoldReason.loginRefused("refused"));
        assertThat(mailboxes.release(ann.workspaceId(), mailbox.id())).isTrue();
        assertThat(find(mailbox).state()).isEqualTo(new MailboxState.Active());
        assertThat(ann.wake(mailbox)).contains(new Tenant.Wake(true, 1));
        assertThat(mailboxes.release(ann.workspaceId(), mailbox.id())).isFalse();
        assertThat(ann.wake(mailbox)).contains(new Tenant.Wake(true, 1));
    }

    @Test
    void aChangeThatReleasesWakesTheLane() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        mailboxes.hold(ann.workspaceId(), mailbox.id(), HoldReason.loginRefused("refused"));
        var held = find(mailbox);
        assertThat(
                        mailboxes.change(
                                TestMailboxes.change(
                                        held, new MailboxState.Active(), Optional.of("new"))))
                .get()
                .extracting(Mailbox::state)
                .isEqualTo(new MailboxState.Active());
        assertThat(ann.wake(mailbox)).contains(new Tenant.Wake(true, 1));
        assertThat(password(mailbox)).isEqualTo("new");
    }

    @Test
    void aChangeMadeFromAnOldStateIsRefused() {
        var mailbox = connect(ann.smtp("ann@example.org", "old"));
        var change = TestMailboxes.change(mailbox, new MailboxState.Active(), Optional.of("new"));
        assertThat(mailboxes.change(change)).isPresent();
        assertThat(mailboxes.change(change)).isEmpty();
    }

    @Test
    void aChangeWithoutPasswordKeepsTheOneThereIs() {
        var mailbox = connect(ann.smtp("ann@example.org", PASSWORD));
        mailboxes.change(
                TestMailboxes.change(mailbox, new MailboxState.Active(), Optional.empty()));
        assertThat(password(mailbox)).isEqualTo(PASSWORD);
    }

    private String password(Mailbox mailbox) {
        return switch (load(mailbox)) {
            case LoadedMailbox.Ready(_, var credential) -> credential.orElseThrow().secret();
            case LoadedMailbox.Unreadable _ -> throw new AssertionError("no password");
        };
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
}
