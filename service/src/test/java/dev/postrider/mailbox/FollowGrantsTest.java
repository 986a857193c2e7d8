package dev.postrider.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.credential.CredentialTable;
import dev.postrider.credential.provider.Provider;
import dev.postrider.mailbox.health.MailboxCounts;
import dev.postrider.mailbox.notify.ToldEvents;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Parallel;
import dev.postrider.vault.TestVault;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a grant or an app is told to the workspaces of their mailboxes, once. */
@ExtendWith(TestDatabase.class)
final class FollowGrantsTest {
    private static final Instant NOON = Instant.parse("2026-12-24T12:00:00Z");

    private final Database database;
    private final Tenant ann;
    private final Tenant stranger;
    private final Mailboxes mailboxes;
    private final FollowGrants follow;

    FollowGrantsTest(Database database) {
        this.database = database;
        this.ann = Tenant.in(database);
        this.stranger = Tenant.in(database);
        this.mailboxes = TestMailboxes.of(database);
        this.follow = new FollowGrants(TestMailboxes.events(database));
    }

    @BeforeEach
    void nobodyHasGrantedAnything() {
        database.inTransaction(handle -> handle.execute("delete from oauth_grant"));
    }

    @Test
    void aGrantThatEndsHoldsItsMailboxAndIsToldOnceHoweverManyFindItOut() throws Exception {
        var mailbox = granted(ann, "ann@example.org", "standard");
        var told = ToldEvents.all(database, ann.workspaceId());
        var version = version(mailbox);

        Parallel.times(
                8,
                () -> {
                    ended(mailbox, version);
                    return true;
                });

        assertThat(told.types()).containsExactly("mailbox.held");
        assertThat(told.last().path("reason_code").asText()).isEqualTo("grant_revoked");
        assertThat(told.last().path("reason").asText()).isEqualTo("Google has ended the access.");
        assertThat(told.sealed(told.list().getLast())).contains("reconnect_url");
    }

    /** A node that dies between hold and event has done neither. */
    @Test
    void aHoldThatCannotBeToldIsNone() {
        var mailbox = granted(ann, "ann@example.org", "standard");
        var told = ToldEvents.all(database, ann.workspaceId());
        var dying =
                new FollowGrants((_, _, _, _) -> {
                    throw new IllegalStateException("the node dies");
                });

        assertThatThrownBy(() ->
                        database.inTransaction(handle -> {
                            dying.ended(
                                    handle,
                                    ann.workspaceId(),
                                    mailbox.id(),
                                    version(mailbox),
                                    "grant_revoked",
                                    "Revoked.");
                            return true;
                        }))
                .hasMessage("the node dies");

        assertThat(told.rows()).isZero();
        assertThat(mailboxes.find(ann.workspaceId(), mailbox.id()).orElseThrow().state().text())
                .isEqualTo("active");
    }

    @Test
    void theEndOfAGrantThatWasReplacedIsNoNews() {
        var mailbox = granted(ann, "ann@example.org", "standard");
        var told = ToldEvents.all(database, ann.workspaceId());

        ended(mailbox, version(mailbox) - 1);

        assertThat(told.rows()).isZero();
    }

    @Test
    void whenAGrantEndsIsToldBeforeWithWhatIsGranted() {
        var mailbox = granted(ann, "ann@example.org", "standard");
        var told = ToldEvents.all(database, ann.workspaceId());

        database.inTransaction(handle -> {
            follow.expiring(handle, ann.workspaceId(), mailbox.id(), NOON);
            return true;
        });

        assertThat(told.types()).containsExactly("mailbox.expiring");
        assertThat(told.last().path("ends_at").asText()).isEqualTo("2026-12-24T12:00:00Z");
        assertThat(told.last().path("state").asText()).isEqualTo("active");
        var grant = told.last().path("grant");
        assertThat(grant.path("provider").asText()).isEqualTo("google");
        assertThat(grant.path("app").asText()).isEqualTo("standard");
        assertThat(grant.path("account").asText()).isEqualTo("ann@example.org");
        assertThat(grant.path("tier").asText()).isEqualTo("send");
        assertThat(grant.path("scopes")).hasToString("[\"gmail.send\"]");
        assertThat(grant.path("ended").asBoolean(true)).isFalse();
        assertThat(grant.toString()).doesNotContain("subject-of");
        assertThat(told.sealed(told.list().getLast())).contains("reconnect_url");
    }

    @Test
    void anAppThatFailsIsToldToEachWorkspaceThatHasMailboxesOfIt() {
        granted(ann, "ann@example.org", "standard");
        granted(ann, "bea@example.org", "standard");
        granted(stranger, "eve@example.com", "standard");
        var other = Tenant.in(database);
        granted(other, "bob@example.net", "another");
        var ours = ToldEvents.all(database, ann.workspaceId());
        var theirs = ToldEvents.all(database, stranger.workspaceId());
        var others = ToldEvents.all(database, other.workspaceId());

        database.inTransaction(handle -> {
            follow.appFailing(handle, Provider.GOOGLE, "standard", "The secret has expired.");
            return true;
        });

        assertThat(ours.types()).containsExactly("provider_app.failing");
        assertThat(ours.last().path("provider").asText()).isEqualTo("google");
        assertThat(ours.last().path("app").asText()).isEqualTo("standard");
        assertThat(ours.last().path("problem").asText()).isEqualTo("The secret has expired.");
        assertThat(ours.last().path("mailboxes").asInt()).isEqualTo(2);
        assertThat(theirs.last().path("mailboxes").asInt()).isEqualTo(1);
        assertThat(others.rows()).isZero();

        database.inTransaction(handle -> {
            follow.appRecovered(handle, Provider.GOOGLE, "standard");
            return true;
        });

        assertThat(ours.types()).containsExactly("provider_app.failing", "provider_app.recovered");
        assertThat(others.rows()).isZero();
    }

    @Test
    void whatIsWrongWithItsAppIsSeenInTheMailbox() {
        var mailbox = granted(ann, "ann@example.org", "standard");
        database.inTransaction(handle ->
                handle.execute(
                        """
                        insert into provider_app_fault
                            (provider, app, failing_since, kind, problem, probe_at)
                        values ('google', 'standard', now(), 'token', 'The secret has expired.', now())
                        on conflict (provider, app) do update
                        set failing_since = excluded.failing_since, kind = excluded.kind,
                            problem = excluded.problem, probe_at = excluded.probe_at
                        """));

        var grant = mailboxes.health(mailbox).grant().orElseThrow();

        assertThat(grant.problem()).contains("The secret has expired.");
        assertThat(grant.isEnded()).isFalse();
        database.inTransaction(handle -> handle.execute("delete from provider_app_fault"));
        assertThat(mailboxes.health(mailbox).grant().orElseThrow().problem()).isEmpty();
    }

    @Test
    void anOperatorSeesHowManyAreHeldOrEndAndWhichAppsAreRefused() {
        var before = database.read(MailboxCounts::read);
        var held = granted(ann, "ann@example.org", "standard");
        var ending = granted(ann, "bea@example.org", "standard");
        granted(ann, "cid@example.org", "standard");
        ended(held, version(held));
        database.inTransaction(handle ->
                handle.execute(
                        "update oauth_grant set ends_at = now() + interval '6 days'"
                                + " where mailbox_id = ?",
                        ending.id()));

        var counts = database.read(MailboxCounts::read);

        assertThat(counts.held().get("sandbox"))
                .isEqualTo(before.held().getOrDefault("sandbox", 0L) + 1);
        assertThat(counts.expiring()).isEqualTo(1);
        assertThat(counts.failingApps()).isZero();
    }

    private void ended(Mailbox mailbox, long version) {
        database.inTransaction(handle -> {
            follow.ended(
                    handle,
                    ann.workspaceId(),
                    mailbox.id(),
                    version,
                    "grant_revoked",
                    "Google has ended the access.");
            return true;
        });
    }

    private Mailbox granted(Tenant tenant, String address, String app) {
        var mailbox = Tenant.connect(mailboxes, tenant.sandbox(address));
        database.inTransaction(handle -> {
            CredentialTable.put(
                    handle,
                    tenant.workspaceId(),
                    mailbox.id(),
                    "oauth",
                    TestVault.of(database).seal("{}", mailbox.id()));
            return handle.createUpdate(
                            """
                            insert into oauth_grant
                                (workspace_id, mailbox_id, provider, app, is_application, subject, address,
                                 tier, scopes, granted_at, refreshed_at, used_at)
                            values (:workspace, :mailbox, 'google', :app, false, 'subject-of-' || :address,
                                    :address, 'send', '{gmail.send}', now(), now(), now())
                            """)
                    .bind("workspace", tenant.workspaceId())
                    .bind("mailbox", mailbox.id())
                    .bind("app", app)
                    .bind("address", address)
                    .execute();
        });
        return mailbox;
    }

    private long version(Mailbox mailbox) {
        return database.read(handle ->
                handle.createQuery("select version from credential where mailbox_id = ?")
                        .bind(0, mailbox.id())
                        .mapTo(Long.class)
                        .one());
    }
}
