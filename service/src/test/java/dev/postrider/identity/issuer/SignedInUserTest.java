package dev.postrider.identity.issuer;

import static dev.postrider.identity.issuer.SignInVisits.done;
import static dev.postrider.identity.issuer.SignInVisits.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.Role;
import dev.postrider.identity.user.FirstUser;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whom an identity token lets in, and whom nobody does. */
@ExtendWith(TestDatabase.class)
final class SignedInUserTest {
    private final Database database;
    private final SignInVisits visits;

    SignedInUserTest(Database database) {
        this.database = database;
        this.visits = new SignInVisits(database);
    }

    @BeforeEach
    void oneOwner() {
        visits.oneOwner();
    }

    @AfterEach
    void stop() {
        visits.close();
    }

    @Test
    void anIdentityTokenOfAnotherRequestIsRefused() {
        var visit = visits.begin();
        visits.provider.nonce = "another";

        assertThat(refused(visits.finish(visit))).contains("nonce is another request's");
    }

    @Test
    void anIdentityTokenThatIsNotForThisProgramNowIsRefused() {
        visits.provider.change = claims -> claims.audience("another");
        assertThat(refused(visits.finish(visits.begin()))).contains("audience");
        visits.provider.change =
                claims -> claims.audience(List.of(ScriptedProvider.CLIENT, "another"));
        assertThat(refused(visits.finish(visits.visit()))).contains("another client");
        visits.provider.change = claims -> claims.claim("azp", "another");
        assertThat(refused(visits.finish(visits.visit()))).contains("another client");
        visits.provider.change = claims -> claims.issuer("https://other.example");
        assertThat(refused(visits.finish(visits.visit()))).contains("issuer");
        visits.provider.change =
                claims -> claims.expirationTime(java.util.Date.from(Instant.EPOCH));
        assertThat(refused(visits.finish(visits.visit()))).contains("lifetime");
        visits.provider.change = claims -> claims.subject(null);
        refused(visits.finish(visits.visit()));
        visits.provider.change =
                claims ->
                        claims.audience(List.of(ScriptedProvider.CLIENT, "another"))
                                .claim("azp", ScriptedProvider.CLIENT);
        done(visits.finish(visits.visit()));
    }

    @Test
    void anIdentityTokenThatTheProviderHasNotSignedIsRefused() {
        visits.provider.signer = ScriptedProvider.STRANGER;

        assertThat(refused(visits.finish(visits.begin()))).contains("signature");
    }

    @Test
    void whatTheIdentityTokenDoesNotSayTheProviderIsAsked() {
        visits.provider.change = claims -> claims.claim("email", null);
        visits.provider.userInfo = "{\"sub\": \"bob\", \"email\": \"robert@example.org\"}";
        assertThat(done(visits.finish(visits.begin())).user().email())
                .isEqualTo("robert@example.org");

        visits.provider.change = claims -> claims.claim("email", null).subject("carol");
        assertThat(refused(visits.finish(visits.visit()))).contains("somebody else's");
    }

    @Test
    void whoIsNoUserIsTurnedAwayUnlessTheOperatorLetsThemIn() {
        visits.settings = "\"create_users\": false";
        assertThat(refused(visits.finish(visits.begin())))
                .contains("no user here")
                .contains("Ask an admin");

        visits.settings = "\"create_users\": true, \"workspace_claim\": \"org\"";
        assertThat(refused(visits.finish(visits.begin()))).contains("no user here");
        visits.provider.change = claims -> claims.claim("org", "Globex");
        assertThat(done(visits.finish(visits.visit())).user().role()).isEqualTo(Role.OWNER);
        visits.provider.change = claims -> claims.claim("org", "Initech");
        assertThat(refused(visits.finish(visits.visit()))).contains("don't belong");
    }

    @Test
    void anAddressAloneIsNobody() {
        visits.provider.change = claims -> claims.claim("email", "ann@example.org");
        assertThat(refused(visits.finish(visits.begin()))).contains("no user here");
    }

    @Test
    void whoIsDeactivatedIsTurnedAwayAndThatIsAudited() {
        done(visits.finish(visits.begin()));
        database.read(handle ->
                handle.execute(
                        "update user_account set deactivated_at = now() where email like 'bob@%'"));

        assertThat(refused(visits.finish(visits.visit()))).contains("deactivated");
        var entry =
                database.read(handle ->
                        handle.createQuery(
                                        """
                                        select action || ' ' || actor || ' ' || address || ' ' || outcome
                                        from audit_entry
                                        where workspace_id = :workspace
                                        order by id desc
                                        limit 1
                                        """)
                                .bind("workspace", FirstUser.FIRST_WORKSPACE)
                                .mapTo(String.class)
                                .one());
        assertThat(entry).isEqualTo("session.refused bob@example.org 198.51.100.7 refused");
    }
}
