package dev.postrider.identity.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.event.MailboxEvents;
import dev.postrider.flow.store.change.CancelQueuedMail;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.identity.TokenCheck;
import dev.postrider.identity.login.CheapPasswords;
import dev.postrider.identity.user.FirstUser;
import dev.postrider.identity.user.Users;
import dev.postrider.mailbox.UserMailboxes;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Parallel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who the subjects of a real provider are here. */
@ExtendWith(TestDatabase.class)
@TestInstance(Lifecycle.PER_CLASS) // one provider is enough
final class ExternalUsersTest {
    private final MockOAuth2Server provider = new MockOAuth2Server();
    private final Database database;

    ExternalUsersTest(Database database) {
        this.database = database;
    }

    @BeforeAll
    void start() throws Exception {
        provider.start();
    }

    @AfterAll
    void stop() {
        provider.shutdown();
    }

    @BeforeEach
    void oneOwner() {
        database.read(handle -> handle.execute("truncate workspace cascade"));
        new FirstUser(database, CheapPasswords.shared())
                .create(Optional.of("ann@example.org"), Optional.of("correct horse"));
    }

    @Test
    void whoIsSeenFirstBecomesAMemberIfThatIsAllowed() {
        assertThat(users(false, false).check(token("bob", Map.of())))
                .isInstanceOf(TokenCheck.Bad.class);
        var users = users(true, false);
        var bob = good(users.check(token("bob", Map.of("email", "bob@example.org"))));
        assertThat(bob.email()).isEqualTo("bob@example.org");
        assertThat(bob.role()).isEqualTo(Role.MEMBER);
        assertThat(bob.workspaceId()).isEqualTo(FirstUser.FIRST_WORKSPACE);
        assertThat(good(users.check(token("bob", Map.of("email", "robert@example.org")))))
                .isEqualTo(bob);
        assertThat(good(users(false, false).check(token("bob", Map.of())))).isEqualTo(bob);
    }

    @Test
    void aWorkspaceHasSoManyUsersAndNoMore() {
        database.read(handle ->
                handle.execute(
                        """
                        insert into user_account (workspace_id, id, email, role)
                        select id, gen_random_uuid(), 'u' || i || '@example.org', 'member'
                        from workspace
                        cross join generate_series(1, 9998) as i
                        """));
        var users = users(true, false);
        good(users.check(token("the-last", Map.of())));
        assertThat(users.check(token("one-more", Map.of()))).isInstanceOf(TokenCheck.Bad.class);
        good(users.check(token("the-last", Map.of())));
        assertThat(
                        new Users(
                                        database,
                                        new UserMailboxes(
                                                new CancelQueuedMail(), MailboxEvents.NONE),
                                        CheapPasswords.shared(),
                                        InstantSource.system())
                                .create(
                                        FirstUser.FIRST_WORKSPACE,
                                        "one-more@example.org",
                                        Role.MEMBER,
                                        Optional.empty()))
                .isInstanceOf(Users.Creation.QuotaReached.class);
    }

    @Test
    void whoComesTwiceAtOnceIsOneUser() throws Exception {
        var users = users(true, false);
        var token = token("carol", Map.of());
        var callers = Parallel.times(8, () -> users.check(token));
        assertThat(callers).allMatch(TokenCheck.Good.class::isInstance);
        assertThat(callers.stream().distinct()).hasSize(1);
    }

    @Test
    void whoHasNoAddressIsNamedByTheirIssuer() {
        assertThat(good(users(true, false).check(token("Dave", Map.of()))).email())
                .isEqualTo("dave@localhost");
    }

    /** Otherwise whoever can choose their address at the provider would be anybody here. */
    @Test
    void anAddressIsLinkedOnlyWhenTheOperatorSaysSoAndTheIssuerVouchesForIt() {
        var claims = Map.<String, Object>of("email", "Ann@example.org");
        var verified = Map.<String, Object>of("email", "Ann@example.org", "email_verified", true);
        assertThat(users(true, false).check(token("x1", verified)))
                .isInstanceOf(TokenCheck.Bad.class);
        assertThat(users(true, true).check(token("x2", claims))).isInstanceOf(TokenCheck.Bad.class);
        var ann = good(users(false, true).check(token("x3", verified)));
        assertThat(ann.role()).isEqualTo(Role.OWNER);
        assertThat(ann.email()).isEqualTo("ann@example.org");
    }

    @Test
    void aDeactivatedUserIsOutWithAnyToken() {
        var users = users(true, false);
        good(users.check(token("erin", Map.of())));
        database.read(handle ->
                handle.execute(
                        "update user_account set deactivated_at = now() where email like 'erin@%'"));
        assertThat(users.check(token("erin", Map.of()))).isInstanceOf(TokenCheck.Bad.class);
    }

    @Test
    void aClaimChoosesTheWorkspaceWhoseFirstUserOwnsIt() {
        var users = users("\"create_users\": true, \"workspace_claim\": \"org\"");
        var first = good(users.check(token("frank", Map.of("org", "Globex"))));
        var second = good(users.check(token("grace", Map.of("org", "Globex"))));
        var third = good(users.check(token("heidi", Map.of("org", "Initech"))));
        assertThat(first.role()).isEqualTo(Role.OWNER);
        assertThat(second.role()).isEqualTo(Role.MEMBER);
        assertThat(second.workspaceId()).isEqualTo(first.workspaceId());
        assertThat(third.workspaceId()).isNotEqualTo(first.workspaceId());
        assertThat(first.workspaceId()).isNotEqualTo(FirstUser.FIRST_WORKSPACE);

        assertThat(users.check(token("grace", Map.of("org", "Initech"))))
                .isInstanceOf(TokenCheck.Bad.class);
        assertThat(users.check(token("grace", Map.of()))).isInstanceOf(TokenCheck.Bad.class);
        assertThat(users.check(token("ivan", Map.of()))).isInstanceOf(TokenCheck.Bad.class);
    }

    @Test
    void aClaimChoosesTheRoleAnewWithEachToken() {
        var users =
                users(
                        "\"create_users\": true, \"role_claim\": \"groups\","
                                + " \"roles\": {\"it\": \"owner\", \"office\": \"admin\"}");
        assertThat(role(users, List.of("office", "it"))).isEqualTo(Role.OWNER);
        assertThat(role(users, List.of("office"))).isEqualTo(Role.ADMIN);
        assertThat(stored("judy")).isEqualTo("admin");
        assertThat(role(users, List.of("others"))).isEqualTo(Role.MEMBER);
        assertThat(stored("judy")).isEqualTo("member");
    }

    private Role role(ExternalUsers users, List<String> groups) {
        return good(users.check(token("judy", Map.of("groups", groups)))).role();
    }

    private String stored(String name) {
        return database.read(handle ->
                handle.createQuery("select role from user_account where email like :name")
                        .bind("name", name + "@%")
                        .mapTo(String.class)
                        .one());
    }

    private ExternalUsers users(boolean create, boolean link) {
        return users("\"create_users\": %s, \"link_by_email\": %s".formatted(create, link));
    }

    private ExternalUsers users(String settings) {
        return new ExternalUsers(
                new Issuers(List.of(issuer(settings)), InstantSource.system()), database);
    }

    private Issuer issuer(String settings) {
        try {
            var file = Files.createTempFile("issuers", ".json");
            Files.writeString(
                    file,
                    "[{\"issuer\": \"%s\", \"audience\": \"postrider\", %s}]"
                            .formatted(provider.issuerUrl("acme"), settings));
            return ParseIssuers.from(file).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String token(String subject, Map<String, Object> claims) {
        return provider.issueToken(
                        "acme",
                        subject,
                        new DefaultOAuth2TokenCallback(
                                "acme", subject, "JWT", List.of("postrider"), claims, 600))
                .serialize();
    }

    private static Caller good(TokenCheck result) {
        assertThat(result).isInstanceOf(TokenCheck.Good.class);
        return ((TokenCheck.Good) result).caller();
    }
}
