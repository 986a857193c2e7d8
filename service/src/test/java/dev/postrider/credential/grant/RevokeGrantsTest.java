package dev.postrider.credential.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.flow.store.change.CancelQueuedMail;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.Tenant;
import dev.postrider.mailbox.TestMailboxes;
import dev.postrider.mailbox.UserMailboxes;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Parallel;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.http.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A grant outlives its mailbox by no more than it takes to tell its provider, whoever dies. */
@ExtendWith(TestDatabase.class)
final class RevokeGrantsTest {
    private static final String ADA = "ada@example.com";

    private final Database database;
    private final GrantRig rig;
    private final Grants grants;
    private final Tenant tenant;
    private final Mailboxes mailboxes;
    private final RevokeGrants revoker;

    RevokeGrantsTest(Database database) throws IOException {
        this.database = database;
        this.rig = new GrantRig(database);
        this.grants = rig.node();
        this.tenant = Tenant.in(database);
        this.mailboxes = TestMailboxes.of(database);
        this.revoker = rig.revoker();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aGrantIsTakenBackWithTheLastMailboxThatLivesOfIt() throws Exception {
        var first = connected(tenant);
        var second = connected(Tenant.in(database));

        mailboxes.remove(first.workspaceId(), first.id(), false);
        revoker.once();
        assertThat(live()).isEqualTo(2);
        assertThat(waiting()).isZero();

        mailboxes.remove(second.workspaceId(), second.id(), false);
        revoker.once();
        assertThat(live()).isZero();
        assertThat(waiting()).isZero();
        assertThat(audit(second)).containsExactly("grant.revoked done");
    }

    @Test
    void theRemovalOfAUserOrOfAWorkspaceTakesItBackToo() throws Exception {
        var ofUsers = new UserMailboxes(new CancelQueuedMail(), TestMailboxes.events(database));
        connected(tenant);
        database.inTransaction(
                handle -> ofUsers.remove(handle, tenant.workspaceId(), tenant.userId()));
        revoker.once();
        assertThat(live()).isZero();

        connected(tenant);
        database.inTransaction(handle -> {
            assertThat(ofUsers.removeAll(handle, tenant.workspaceId())).isTrue();
            return handle.execute("delete from workspace where id = ?", tenant.workspaceId());
        });
        revoker.once();
        assertThat(live()).isZero();
        assertThat(waiting()).isZero();
    }

    @Test
    void aMailboxThatStaysKeepsItsGrant() throws Exception {
        var mailbox = connected(tenant);
        tenant.email(mailbox, "queued");
        mailboxes.remove(tenant.workspaceId(), mailbox.id(), false);
        assertThatThrownBy(() ->
                        database.inTransaction(handle -> {
                            LeavingGrants.keep(handle, tenant.workspaceId(), mailbox.id());
                            throw new IllegalStateException("the node dies");
                        }))
                .hasMessage("the node dies");

        revoker.once();

        assertThat(live()).isEqualTo(1);
    }

    /** What it had claimed is another's once its lease is over. */
    @Test
    void anotherNodeDoesWhatOneThatDiedHadBegun() throws Exception {
        var mailbox = connected(tenant);
        mailboxes.remove(tenant.workspaceId(), mailbox.id(), false);
        database.inTransaction(handle -> LeavingGrants.claim(handle, Duration.ofMinutes(1)));

        revoker.once();
        assertThat(live()).isEqualTo(1);
        leasesEnd();
        revoker.once();

        assertThat(live()).isZero();
        assertThat(audit(mailbox)).containsExactly("grant.revoked done");
    }

    @Test
    void manyNodesDoItOnce() throws Exception {
        var mailbox = connected(tenant);
        mailboxes.remove(tenant.workspaceId(), mailbox.id(), false);

        Parallel.times(
                8,
                () -> {
                    rig.revoker().once();
                    return true;
                });

        assertThat(rig.google.calls().count(GoogleEndpoint.REVOKE)).isEqualTo(1);
        assertThat(audit(mailbox)).containsExactly("grant.revoked done");
    }

    @Test
    void aProviderThatIsAwayIsAskedAgainAndNotForEver() throws Exception {
        var mailbox = connected(tenant);
        mailboxes.remove(tenant.workspaceId(), mailbox.id(), false);
        for (var fault : List.of(Fault.html(502), Fault.html(400), Fault.megabyte(200))) {
            rig.google.faults().next(GoogleEndpoint.REVOKE, fault);
            revoker.once();
            assertThat(waiting()).as(fault.toString()).isEqualTo(1);
            assertThat(audit(mailbox)).isEmpty();
            leasesEnd();
        }
        database.inTransaction(handle ->
                handle.execute(
                        "update grant_revocation set attempts = ?",
                        RevokeGrants.MOST_ATTEMPTS - 1));
        rig.google.faults().next(GoogleEndpoint.REVOKE, Fault.html(502));

        revoker.once();

        assertThat(waiting()).isZero();
        assertThat(audit(mailbox)).containsExactly("grant.revoked refused");
    }

    @Test
    void whatTheUserHasTakenBackBeforeIsNoFault() throws Exception {
        var mailbox = connected(tenant);
        rig.google.removeAccess(ADA);
        mailboxes.remove(tenant.workspaceId(), mailbox.id(), false);

        revoker.once();

        assertThat(waiting()).isZero();
        assertThat(audit(mailbox)).containsExactly("grant.revoked done");
    }

    /** Whoever connects the same account again meanwhile goes on. */
    @Test
    void whoConnectsAgainInTimeIsNotCutOff() throws Exception {
        var mailbox = connected(tenant);
        mailboxes.remove(tenant.workspaceId(), mailbox.id(), false);
        connected(tenant);

        revoker.once();

        assertThat(live()).isEqualTo(2);
        assertThat(waiting()).isZero();
        assertThat(audit(mailbox)).isEmpty();
    }

    private Mailbox connected(Tenant whose) throws InterruptedException {
        var mailbox = Tenant.connect(mailboxes, whose.sandbox(ADA));
        var grant = rig.consent(ADA);
        database.inTransaction(handle -> {
            grants.put(handle, mailbox.workspaceId(), mailbox.id(), grant);
            return true;
        });
        return mailbox;
    }

    private long live() {
        return rig.google.grants().liveRefreshTokens(rig.google.account(ADA), rig.google.app());
    }

    private void leasesEnd() {
        database.inTransaction(
                handle -> handle.execute("update grant_revocation set due_at = now()"));
    }

    private long waiting() {
        return database.read(handle ->
                handle.createQuery("select count(*) from grant_revocation")
                        .mapTo(Long.class)
                        .one());
    }

    private List<String> audit(Mailbox mailbox) {
        return database.read(handle ->
                handle.select(
                                "select action || ' ' || outcome from audit_entry where subject_id = ?",
                                mailbox.id())
                        .mapTo(String.class)
                        .list());
    }
}
