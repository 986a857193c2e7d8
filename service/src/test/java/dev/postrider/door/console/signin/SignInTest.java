package dev.postrider.door.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.door.console.ConsoleVisitor;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of browsers: how they begin and end, and what they are no good for. */
@QuarkusTest
final class SignInTest {
    private final Users users;
    private final Database database;
    private ConsoleTenant acme;

    @Inject
    SignInTest(Users users, Database database) {
        this.users = users;
        this.database = database;
    }

    @BeforeEach
    void tenant() {
        acme = ConsoleTenant.named(database, users, "Acme");
    }

    private ConsoleVisitor owner() {
        return ConsoleVisitor.signedIn(acme.email(Role.OWNER));
    }

    private static String session(ConsoleVisitor visitor) {
        return visitor.cookie().orElseThrow().replaceFirst("^[^=]+=", "");
    }

    @Test
    void theCookieIsForThisHostAndTheProgramAlone() {
        var visitor = new ConsoleVisitor();
        var answer = visitor.get("/console/sign-in");
        assertThat(answer.header("Set-Cookie"))
                .matches(
                        "__Host-postrider-console=prw_[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax;"
                                + " Max-Age=\\d+; Secure");
        assertThat(answer.header("Content-Security-Policy")).doesNotContain("unsafe");
    }

    @Test
    void signingInGivesAnotherCookie() {
        var visitor = new ConsoleVisitor();
        visitor.get("/console/sign-in");
        var before = visitor.cookie();
        visitor.post(
                "/console/sign-in",
                "email",
                acme.email(Role.OWNER),
                "password",
                ConsoleTenant.PASSWORD);
        assertThat(visitor.cookie()).isNotEqualTo(before);
        visitor.page("/console");
    }

    @ParameterizedTest
    @CsvSource({
        "/console/emails?state=sent, /console/emails?state=sent",
        "/console, /console",
        "https://evil.example, /console",
        "//evil.example, /console",
        "/console\\@evil.example, /console",
        "/consolex, /console",
        "/console/sign-out, /console",
        "/token, /console"
    })
    void theWayLeadsNowhereElse(String next, String path) {
        assertThat(SignInEndpoint.inside(next)).isEqualTo(path);
    }

    @Test
    void withoutASessionEveryPageLeadsToSignIn() {
        var answer = new ConsoleVisitor().get("/console");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith("/console/sign-in");
    }

    @Test
    void aLogoutEndsIt() {
        var visitor = owner();
        visitor.page("/console");
        var copy = new ConsoleVisitor().with("Cookie", visitor.cookie().orElseThrow());
        copy.page("/console");
        assertThat(visitor.post("/console/sign-out").status()).isEqualTo(303);
        assertThat(copy.get("/console").status()).isEqualTo(303);
    }

    @Test
    void aNewPasswordEndsIt() {
        var visitor = owner();
        var changed =
                acme.owner.post(
                        "/me/password",
                        "{\"current_password\": \"%s\", \"new_password\": \"noch eine Leiter\"}"
                                .formatted(ConsoleTenant.PASSWORD));
        assertThat(changed.status()).as(changed.text()).isLessThan(300);
        assertThat(visitor.get("/console").status()).isEqualTo(303);
    }

    @Test
    void whoIsDeactivatedIsOut() {
        var visitor = ConsoleVisitor.signedIn(acme.email(Role.MEMBER));
        visitor.page("/console");
        acme.owner.patch("/users/" + acme.id(Role.MEMBER), "{\"active\": false}");
        assertThat(visitor.get("/console").status()).isEqualTo(303);
    }

    @Test
    void theCookieIsNoTokenOfTheApi() {
        var visitor = owner();
        Api.assertProblem(Api.underTest().with(session(visitor)).get("/me"), 401, "invalid_token");
    }

    @Test
    void aTokenIsNoCookie() {
        var visitor =
                new ConsoleVisitor()
                        .with(
                                "Cookie",
                                "__Host-postrider-console="
                                        + acme.owner.token().replace("pra_", "prw_"));
        assertThat(visitor.get("/console").status()).isEqualTo(303);
    }

    /** Only the program itself is believed when it says whom it asks for. */
    @Test
    void nobodyElseMakesInnerCalls() {
        var visitor = owner();
        var request =
                Api.underTest()
                        .with(session(visitor))
                        .request("/me")
                        .header("X-Postrider-Inner", "prs_guessed")
                        .header("X-Postrider-Inner-For", "198.51.100.7")
                        .GET();
        assertThat(Api.underTest().send(request).status()).isEqualTo(401);
    }

    @Test
    void aFormOfAnotherSessionDoesNothing() {
        var visitor = owner();
        visitor.page("/console");
        var stranger = owner();
        stranger.page("/console");
        assertThat(visitor.postWith(stranger.formToken(), "/console/sign-out").status())
                .isEqualTo(303);
        visitor.page("/console");
        assertThat(visitor.postWith("", "/console/sign-out").status()).isEqualTo(303);
        visitor.page("/console");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void anotherSitesFormDoesNothing(String site) {
        var visitor = owner();
        visitor.page("/console");
        visitor.with("Sec-Fetch-Site", site);
        visitor.post("/console/sign-out");
        assertThat(visitor.get("/console").status()).isEqualTo(200);
    }

    /**
     * What a browser sends for another site has no cookie with it, and the answer's would replace
     * it.
     */
    @Test
    void anotherSitesLinkOrFormSignsNobodyOut() {
        var visitor = owner();
        assertThat(visitor.get("/console/sign-in/openid/localhost?state=x&code=y").status())
                .isEqualTo(403);
        visitor.page("/console");

        var browser = new ConsoleVisitor().with("Sec-Fetch-Site", "cross-site");
        var answer = browser.post("/console/sign-in", "email", "a@b.example", "password", "x");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void guessesAreSlowedAsAtToken() {
        var visitor = new ConsoleVisitor().with("X-Forwarded-For", "192.0.2.211");
        for (var i = 0; i < 6; i++) {
            assertThat(visitor.signIn(acme.email(Role.ADMIN), "falsch " + i).status())
                    .isEqualTo(422);
        }
        var answer = visitor.signIn(acme.email(Role.ADMIN), ConsoleTenant.PASSWORD);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).matches("\\d+");
        assertThat(answer.text()).contains("Too many wrong passwords");
    }

    @Test
    void aPageThatAsksByItselfDoesNotKeepTheSession() {
        var visitor = owner();
        expires("now() + interval '1 hour'");
        visitor.with("HX-Request", "true");
        visitor.page("/console");
        assertThat(hoursLeft()).isLessThan(2);
        ConsoleVisitor looker = new ConsoleVisitor().with("Cookie", visitor.cookie().orElseThrow());
        looker.page("/console");
        assertThat(hoursLeft()).isGreaterThan(10);
    }

    @Test
    void whoIsAwayForTooLongIsOut() {
        var visitor = owner();
        visitor.page("/console");
        expires("now() - interval '1 second'");
        assertThat(visitor.get("/console").status()).isEqualTo(303);
        assertThat(hoursLeft()).as("nor does the look bring it back").isLessThan(1);
    }

    @Test
    void afterThirtyDaysOneSignsInAnew() {
        var visitor = owner();
        expires(
                "now() + interval '1 hour', created_at = now() - interval '30 days' + interval '2 hours'");
        visitor.page("/console");
        assertThat(hoursLeft()).isLessThan(3);
    }

    @Test
    void whoIsRemovedIsOutAndWhoIsMadeAMemberSeesAMembersPages() {
        var admin = ConsoleVisitor.signedIn(acme.email(Role.ADMIN));
        admin.page("/console/people");
        acme.owner.patch("/users/" + acme.id(Role.ADMIN), "{\"role\": \"member\"}");
        assertThat(admin.get("/console/people").status()).isEqualTo(403);
        var removed = acme.owner.delete("/users/" + acme.id(Role.ADMIN));
        assertThat(removed.status()).as(removed.text()).isLessThan(300);
        assertThat(admin.get("/console").status()).isEqualTo(303);
    }

    private void expires(String when) {
        database.read(handle ->
                handle.execute(
                        "update session set expires_at = "
                                + when
                                + " where workspace_id = ? and cookie_hash is not null",
                        acme.workspace));
    }

    private long hoursLeft() {
        return acme.count(
                "select max(extract(epoch from expires_at - now()))::bigint / 3600 from session"
                        + " where workspace_id = ? and cookie_hash is not null",
                acme.workspace);
    }

    @Test
    void theRootLeadsToTheConsoleAndAPageThatIsNotThereSaysSo() {
        assertThat(new ConsoleVisitor().get("/").header("Location")).endsWith("/console");
        var answer = owner().get("/console/nothing/here");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("There is no page at this address");
    }
}
