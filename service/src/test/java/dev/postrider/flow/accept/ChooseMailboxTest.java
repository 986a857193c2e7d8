package dev.postrider.flow.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.ApiKey;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.NewMailbox;
import dev.postrider.mailbox.Tenant;
import dev.postrider.mailbox.TestMailboxes;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(Lifecycle.PER_CLASS)
final class ChooseMailboxTest {
    private final Tenant ann;
    private final Tenant bob;
    private final Mailboxes mailboxes;
    private final Mailbox bobs;

    ChooseMailboxTest(Database database) {
        this.mailboxes = TestMailboxes.of(database);
        this.ann = Tenant.in(database);
        this.bob = ann.colleague();
        this.bobs = connected(bob.sandbox("bob@example.org"));
    }

    @Test
    void anAdminsKeyForAnothersMailboxSendsThroughIt() {
        assertThat(standard(Role.ADMIN, bobs.id())).contains(bobs);
    }

    /** The other routes refused it before, this one didn't. */
    @Test
    void aKeyForAnothersMailboxEndsWithItsMakersRole() {
        assertThat(standard(Role.MEMBER, bobs.id())).isEmpty();
    }

    @Test
    void aMembersKeyForTheirOwnMailboxStays() {
        var own = connected(ann.sandbox("own@example.org"));
        assertThat(standard(Role.MEMBER, own.id())).contains(own);
    }

    private Mailbox connected(NewMailbox mailbox) {
        return ((Mailboxes.Connected.Done) mailboxes.connect(mailbox)).mailbox();
    }

    private Optional<Mailbox> standard(Role role, UUID onlyMailbox) {
        var key =
                new ApiKey(
                        NewId.get(), ApiKey.Permission.FULL_ACCESS, Optional.of(onlyMailbox), 10);
        var caller =
                new Caller(
                        ann.workspaceId(), ann.userId(), "ann@example.org", role, Optional.of(key));
        return new ChooseMailbox(mailboxes, caller).standard();
    }
}
