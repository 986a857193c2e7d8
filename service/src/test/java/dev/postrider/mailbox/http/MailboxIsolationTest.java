package dev.postrider.mailbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.http.PageParameters;
import dev.postrider.http.Problem;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.ExternalIds;
import dev.postrider.identity.user.http.UserFilter;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxState;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.Tenant;
import dev.postrider.mailbox.TestMailboxes;
import dev.postrider.mailbox.domain.Domain;
import dev.postrider.mailbox.view.MailboxAnswer;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.transport.TestKinds;
import dev.postrider.transport.sandbox.SandboxMessages;
import dev.postrider.transport.sandbox.http.SandboxEndpoint;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every operation of {@code /mailboxes}, as each kind of caller. */
@ExtendWith(TestDatabase.class)
final class MailboxIsolationTest {
    private final Database database;
    private final Mailboxes mailboxes;
    private final Tenant ann;
    private final Tenant bob;
    private final Tenant stranger;
    private final MailboxesEndpoint endpoint;
    private final ListMailboxesEndpoint lists;
    private final SandboxEndpoint sandbox;

    MailboxIsolationTest(Database database) {
        this.database = database;
        var kinds = TestKinds.of(database);
        mailboxes = TestMailboxes.of(database, kinds);
        ann = Tenant.in(database);
        bob = ann.colleague();
        stranger = Tenant.in(database);
        var visible = new MailboxAccess(mailboxes);
        endpoint = TestEndpoint.of(database, mailboxes, kinds, ProviderApps.NONE);
        lists = new ListMailboxesEndpoint(mailboxes, kinds, new ExternalIds(database));
        sandbox = new SandboxEndpoint(new SandboxMessages(database), visible);
    }

    @BeforeEach
    void removeAll() {
        database.inTransaction(handle -> handle.execute("truncate mailbox, email cascade"));
    }

    @Test
    void itsUserDoesEverything() {
        assertThat(all(as(ann, Role.MEMBER))).containsOnly(200);
    }

    @Test
    void ownersAndAdminsOfItsWorkspaceDoEverything() {
        assertThat(all(as(bob, Role.ADMIN))).containsOnly(200);
        assertThat(all(as(bob, Role.OWNER))).containsOnly(200);
    }

    @Test
    void anotherMemberFindsNothing() {
        assertThat(all(as(bob, Role.MEMBER))).containsOnly(404);
    }

    @Test
    void anotherWorkspacesOwnerFindsNothing() {
        assertThat(all(as(stranger, Role.OWNER))).containsOnly(404);
        assertThat(all(as(stranger, Role.MEMBER))).containsOnly(404);
    }

    @Test
    void listsShowWhatTheCallerMaySee() {
        var own = connect(ann);
        var other = connect(bob);
        connect(stranger);
        assertThat(listed(as(ann, Role.MEMBER))).containsExactly(own.id());
        assertThat(listed(as(bob, Role.MEMBER))).containsExactly(other.id());
        assertThat(listed(as(ann, Role.ADMIN))).containsExactly(other.id(), own.id());
    }

    @Test
    void domainsAreThoseOfTheMailboxesThatTheCallerSees() {
        connect(ann);
        Tenant.connect(mailboxes, ann.sandbox("other@Example.ORG"));
        Tenant.connect(mailboxes, bob.sandbox("bob@b.example"));
        connect(stranger);
        assertThat(domains(ann, Role.MEMBER)).containsExactly("example.org");
        assertThat(domains(bob, Role.MEMBER)).containsExactly("b.example");
        assertThat(domains(ann, Role.ADMIN)).containsExactly("b.example", "example.org");
    }

    private List<String> domains(Tenant user, Role role) {
        var caller = new Caller(user.workspaceId(), user.userId(), "a@example.org", role);
        return mailboxes.domains(caller).stream().map(Domain::name).toList();
    }

    @Test
    void anAdminWhoPausesAMailboxIsNamedAsSuch() {
        var mailbox = connect(ann);
        change(mailbox, as(bob, Role.ADMIN));
        assertThat(mailboxes.find(mailbox.workspaceId(), mailbox.id()).orElseThrow().state())
                .isEqualTo(new MailboxState.Paused("Paused by an admin of the workspace."));
    }

    @Test
    void mailThatWaitsIsNeverCanceledSilently() {
        var mailbox = connect(ann);
        var email = ann.email(mailbox, "queued");
        var caller = as(ann, Role.MEMBER);
        var refused = endpoint.remove(mailbox.id().toString(), null, caller);
        assertThat(refused.getEntity())
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> {
                            assertThat(problem.status()).isEqualTo(409);
                            assertThat(problem.code()).isEqualTo("mailbox_has_mail");
                            assertThat(problem.detail()).contains("force=true");
                        });
        assertThat(ann.stateOf(email)).isEqualTo("queued");
        assertThat(endpoint.remove(mailbox.id().toString(), "true", caller).getStatus())
                .isEqualTo(200);
        assertThat(ann.stateOf(email)).isEqualTo("canceled");
    }

    /** The status of each operation on a mailbox of Ann's, its removal last. */
    private List<Integer> all(SecurityContext caller) {
        removeAll();
        var mailbox = connect(ann);
        var id = mailbox.id().toString();
        var message =
                new SandboxMessages(database)
                        .keep(
                                mailbox.key(),
                                Optional.empty(),
                                "ann@example.org",
                                List.of("b@example.org"),
                                new byte[] {1})
                        .orElseThrow()
                        .toString();
        return List.of(
                endpoint.get(id, caller).getStatus(),
                sandbox.list(id, new PageParameters(), caller).getStatus(),
                sandbox.message(id, message, caller).getStatus(),
                sandbox.content(id, message, caller).getStatus(),
                change(mailbox, caller).getStatus(),
                endpoint.remove(id, null, caller).getStatus());
    }

    private Response change(Mailbox mailbox, SecurityContext caller) {
        var body = "{\"state\": \"paused\"}".getBytes(StandardCharsets.UTF_8);
        try {
            return endpoint.change(mailbox.id().toString(), new ByteArrayInputStream(body), caller);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<UUID> listed(SecurityContext caller) {
        var list =
                (MailboxList)
                        lists.list(
                                        new PageParameters(),
                                        new UserFilter(),
                                        new MailboxFilterParameters(),
                                        caller)
                                .getEntity();
        return list.data.stream().map(MailboxAnswer::id).toList();
    }

    private Mailbox connect(Tenant user) {
        return Tenant.connect(mailboxes, user.sandbox("box@example.org"));
    }

    private static SecurityContext as(Tenant user, Role role) {
        return new Secured(new Caller(user.workspaceId(), user.userId(), "a@example.org", role));
    }

    static SecurityContext secured(Caller caller) {
        return new Secured(caller);
    }

    private record Secured(Caller caller) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return caller;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return "Bearer";
        }
    }
}
