package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.boot.CapturedLog;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.rig.FakeProviders;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages by HTTP: what they say, what they refuse, and what is stored of it. */
@QuarkusTest
final class ConnectPagesTest {
    private static final String RETURN = ", 'return_url': '" + ConnectTenant.RETURN_URL + "'";

    private FakeGoogle google;
    private FakeMicrosoft microsoft;
    private final Users users;
    private final Database database;
    private final String address = "ann." + UUID.randomUUID() + "@example.com";
    private ConnectTenant acme;
    private Visitor browser;

    @Inject
    ConnectPagesTest(Users users, Database database) {
        this.users = users;
        this.database = database;
    }

    @BeforeEach
    void accounts() {
        google = FakeProviders.google();
        microsoft = FakeProviders.microsoft();
        acme = ConnectTenant.named(database, users, "Acme & Söhne");
        browser = new Visitor();
        google.account(address);
        google.account("other@example.com");
        microsoft.account(address);
    }

    @Test
    void aLinkOpensAPageThatSaysWhoAsksForWhat() {
        var link = acme.link("{'address': '" + address + "'" + RETURN + "}");
        var page = browser.open(link);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("Acme &amp; Söhne", address, "crm.example.com", "Continue with Google")
                .contains("Continue with Microsoft", "Another mailbox", "lang=\"en\"")
                // until the browser has begun, its token is what names the link
                .contains(URI.create(link.path("url").asText()).getPath() + "/start\"")
                .doesNotContain("Acme & S", "<script", "style=\"", "javascript:");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                .contains("form-action 'self'", google.base(), "https://crm.example.com")
                .doesNotContain("unsafe", "*");
        assertThat(page.header("Set-Cookie"))
                .matches(
                        "__Host-postrider-connect=prb_[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax;"
                                + " Max-Age=\\d+; Secure");
    }

    @Test
    void itSpeaksTheBrowsersLanguage() {
        var link = acme.link("{}");
        assertThat(
                        new Visitor()
                                .with("Accept-Language", "de-AT,de;q=0.9,en;q=0.5")
                                .open(link)
                                .text())
                .contains("lang=\"de\"", "Weiter mit Google");
        for (var odd : new String[] {"fr", "x;q=9", "*", "de;q=0", ",,;", "x".repeat(3_000)}) {
            assertThat(new Visitor().with("Accept-Language", odd).open(link).text())
                    .as(odd)
                    .contains("lang=\"en\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"google/default, gmail", "microsoft/default, microsoft"})
    void whoAllowsItComesBackWithAMailbox(String option, String kind) {
        var link = acme.link("{'external_id': 'crm-1', 'state': 'a&b=ü'" + RETURN + "}");
        browser.open(link);
        var page = browser.start(link, option);
        var back = browser.get(consent(option, page).toString());
        assertThat(back.status()).as(back.text()).isEqualTo(303);
        assertThat(back.header("Location"))
                .startsWith(ConnectTenant.RETURN_URL + "?status=connected");
        var outcome = Visitor.query(back.header("Location"));
        assertThat(outcome).containsEntry("state", "a&b=ü").doesNotContainKey("error");
        var mailbox = acme.mailbox(String.valueOf(outcome.get("mailbox_id")));
        assertThat(mailbox.path("provider").asText()).isEqualTo(kind);
        assertThat(mailbox.path("address").asText()).isEqualTo(address);
        assertThat(mailbox.path("state").asText()).isEqualTo("active");
        assertThat(mailbox.path("external_id").asText()).isEqualTo("crm-1");
        var after = acme.link(link);
        assertThat(after.path("status").asText()).isEqualTo("connected");
        assertThat(after.path("mailbox_id")).isEqualTo(mailbox.path("id"));
        assertThat(browser.open(link).text()).contains("Your mailbox is connected", address);
        assertThat(new Visitor().open(link).status()).isEqualTo(410);
    }

    private URI consent(String option, URI page) {
        return option.startsWith("google")
                ? google.consent(page, address)
                : microsoft.consent(page, address);
    }

    @Test
    void whatLeavesForTheProviderSaysNothingOfTheLink() {
        var link = acme.link("{'state': 'secret-state'" + RETURN + "}");
        browser.open(link);
        var states = new HashSet<String>();
        for (var i = 0; i < 3; i++) {
            var page = browser.start(link, "google/default");
            var query = Visitor.query(page.toString());
            assertThat(page.toString())
                    .doesNotContain(link.path("id").asText(), "secret-state", "crm.example.com")
                    .doesNotContain(link.path("url").asText().replaceFirst(".*/", ""));
            assertThat(query)
                    .containsEntry("code_challenge_method", "S256")
                    .containsEntry(
                            "redirect_uri", Api.publicUrl() + "/connect/callback/google/default");
            assertThat(query.get("state")).matches("prs_[\\w-]{43}");
            assertThat(states.add(query.get("state"))).isTrue();
            var stored =
                    database.read(handle ->
                            handle.select(
                                            "select cast(connect_attempt as text) from connect_attempt")
                                    .mapTo(String.class)
                                    .list());
            assertThat(stored).noneMatch(row -> row.contains(String.valueOf(query.get("state"))));
        }
    }

    @Test
    void anotherSitesFormIsRefused() {
        var link = acme.link("{}");
        var others = acme.link("{}");
        browser.open(others);
        var otherToken = browser.formToken();
        browser.open(link);
        var own = browser.formToken();
        for (var what : new String[] {"start", "password", "cancel"}) {
            for (var token : new String[] {"", "x", otherToken}) {
                var answer = browser.post(link, what, token, "option", "google/default");
                assertThat(answer.status()).as(what).isEqualTo(403);
            }
            var cross = new Visitor();
            cross.open(link);
            assertThat(cross.post(link, what, own, "option", "google/default").status())
                    .isEqualTo(403);
            var without = new Visitor().post(link, what, own, "option", "google/default");
            assertThat(without.status()).isEqualTo(403);
            assertThat(without.text()).contains("did not recognise");
        }
        browser.with("Sec-Fetch-Site", "cross-site");
        assertThat(browser.submit(link, "start", "option", "google/default").status())
                .isEqualTo(403);
        assertThat(acme.link(link).has("error")).isFalse();
        assertThat(acme.mailboxes()).isEmpty();
    }

    @Test
    void anAnswerIsTakenOnceAndFromTheBrowserThatWasSent() {
        var link = acme.link("{'x': 1" + RETURN + "}");
        browser.open(link);
        var callback = google.consent(browser.start(link, "google/default"), address).toString();
        var thief = new Visitor();
        thief.get(acme.link("{}").path("url").asText());
        assertThat(thief.get(callback).status()).isEqualTo(400);
        assertThat(new Visitor().get(callback).status()).isEqualTo(403);
        assertThat(acme.mailboxes()).isEmpty();
        assertThat(browser.get(callback).status()).isEqualTo(303);
        assertThat(acme.mailboxes()).hasSize(1);
        var again = browser.get(callback);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text()).contains("belongs to nothing");
        assertThat(acme.mailboxes()).hasSize(1);
    }

    /** RFC 9700, 4.4: an answer of one provider, or app, for another. */
    @Test
    void anAnswerOfAnotherProviderOrAppIsRefused() {
        var link = acme.link("{}");
        browser.open(link);
        var turns =
                new String[][] {
                    {"/callback/google/default", "/callback/microsoft/default"},
                    {"/callback/google/default", "/callback/google/other"},
                    {"iss=https%3A%2F%2Faccounts.google.com", "iss=https%3A%2F%2Fevil.example"},
                    {"state=prs_", "state=prs_x"},
                    {"state=", "xstate="},
                    {"state=", "state=prs_x&state="},
                    {"code=", "code=x&code="},
                };
        for (var turn : turns) {
            var callback =
                    google.consent(browser.start(link, "google/default"), address).toString();
            var changed = callback.replace(turn[0], turn[1]);
            if (!changed.equals(callback)) {
                assertThat(browser.get(changed).status()).as(changed).isEqualTo(400);
            }
            assertThat(acme.mailboxes()).isEmpty();
        }
    }

    @Test
    void anEarlierWayToTheProviderEndsWithTheNext() {
        var link = acme.link("{}");
        browser.open(link);
        var first = google.consent(browser.start(link, "google/default"), address);
        browser.start(link, "google/default");
        assertThat(browser.get(first.toString()).status()).isEqualTo(400);
        assertThat(acme.mailboxes()).isEmpty();
    }

    @Test
    void aStolenLinkIsGoodForNothingOnceItsUserHasBegun() {
        var link = acme.link("{}");
        browser.open(link);
        browser.start(link, "google/default");
        var thief = new Visitor();
        var page = thief.open(link);
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text()).contains("another browser");
        var id = link.path("id").asText();
        assertThat(thief.get("/connect/" + id).status()).isEqualTo(404);
        assertThat(browser.get("/connect/" + id).status()).isEqualTo(200);
    }

    @Test
    void aLinkThatWasRevokedOrHasExpiredMeanwhileConnectsNothing() {
        var link = acme.link("{}");
        browser.open(link);
        var callback = google.consent(browser.start(link, "google/default"), address).toString();
        acme.owner.delete("/connect-links/" + link.path("id").asText());
        assertThat(browser.get(callback).status()).isEqualTo(410);
        assertThat(browser.open(link).text()).contains("no longer valid");
        var late = acme.link("{}");
        var other = new Visitor();
        other.open(late);
        var second = google.consent(other.start(late, "google/default"), address).toString();
        database.read(handle ->
                handle.execute(
                        "update connect_link set expires_at = now() - interval '1 s' where id = ?",
                        UUID.fromString(late.path("id").asText())));
        assertThat(other.get(second).status()).isEqualTo(410);
        assertThat(other.open(late).text()).contains("has expired");
        assertThat(acme.mailboxes()).isEmpty();
    }

    @Test
    void aReturnUrlIsLookedAtAgainAtTheEnd() {
        var link = acme.link("{'x': 1" + RETURN + "}");
        browser.open(link);
        var callback = google.consent(browser.start(link, "google/default"), address).toString();
        acme.owner.patch("/workspace", "{\"return_urls\": []}");
        var back = browser.get(callback);
        assertThat(back.header("Location"))
                .isEqualTo(Api.publicUrl() + "/connect/" + link.path("id").asText());
        assertThat(browser.get(back.header("Location")).text()).doesNotContain("crm.example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access_denied             | access_denied          | permission was not given",
                "admin_policy_enforced     | admin_consent_required | administrator has to agree",
                "org_internal              | admin_consent_required | administrator has to agree",
                "server_error              | provider_unavailable   | does not answer",
                "temporarily_unavailable   | provider_unavailable   | does not answer",
                "invalid_scope             | app_at_fault           | right now",
                "redirect_uri_mismatch     | app_at_fault           | right now",
                "%3Cscript%3E              | access_denied          | permission was not given",
            })
    void eachErrorOfTheProviderHasItsPageAndItsCode(String error, String code, String words) {
        var link = acme.link("{'state': 's'" + RETURN + "}");
        browser.open(link);
        var state = Visitor.query(browser.start(link, "google/default").toString()).get("state");
        var back =
                browser.get("/connect/callback/google/default?error=" + error + "&state=" + state);
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("Location"))
                .isEqualTo(Api.publicUrl() + "/connect/" + link.path("id").asText());
        var page = browser.get(back.header("Location"));
        assertThat(page.text())
                .contains(words, "Try again with Google", "Back to crm.example.com")
                .contains("status=failed&amp;error=" + code + "&amp;state=s")
                .doesNotContain("<script");
        assertThat(acme.link(link).path("error").asText()).isEqualTo(code);
        assertThat(acme.link(link).path("status").asText()).isEqualTo("open");
        assertThat(acme.mailboxes()).isEmpty();
    }

    @Test
    void aFailedTryCanBeRepeatedUntilItWorks() {
        var link = acme.link("{'address': '" + address + "'}");
        browser.open(link);
        var wrong = google.consent(browser.start(link, "google/default"), "other@example.com");
        var page = browser.get(browser.get(wrong.toString()).header("Location"));
        assertThat(page.text())
                .contains("That was another account", "other@example.com", address)
                .contains("Choose another account at Google");
        assertThat(acme.mailboxes()).isEmpty();
        var chooses = browser.start(link, "google/default");
        assertThat(chooses.toString()).doesNotContain("login_hint");
        var unticked = google.consent(chooses, address, Set.of());
        assertThat(browser.get(browser.get(unticked.toString()).header("Location")).text())
                .contains("One permission is missing");
        assertThat(acme.link(link).path("error").asText()).isEqualTo("permission_missing");
        assertThat(acme.mailboxes()).isEmpty();
        var right = google.consent(browser.start(link, "google/default"), address);
        assertThat(browser.get(right.toString()).status()).isEqualTo(303);
        assertThat(acme.mailboxes()).hasSize(1);
        assertThat(acme.link(link).has("error")).isFalse();
    }

    @Test
    void anAnswerOfTheTokenEndpointThatIsNoneStoresNothing() {
        var link = acme.link("{}");
        browser.open(link);
        for (var fault :
                new Fault[] {Fault.html(502), Fault.megabyte(200), Fault.resetAfterBody()}) {
            google.faults().next(GoogleEndpoint.TOKEN, fault);
            var callback = google.consent(browser.start(link, "google/default"), address);
            assertThat(browser.get(browser.get(callback.toString()).header("Location")).text())
                    .contains("The provider does not answer");
            assertThat(acme.mailboxes()).isEmpty();
        }
    }

    @Test
    void aMailboxIsConnectedAgainByItsOwnAccountAlone() {
        var id = connected("{}");
        google.removeAccess(address);
        hold(id);
        var link = acme.link("{'mailbox_id': '" + id + "'" + RETURN + "}");
        var again = new Visitor();
        assertThat(again.open(link).text())
                .contains("again", address, "Continue with Google")
                .doesNotContain("Continue with Microsoft", "Another mailbox");
        var wrong = google.consent(again.start(link, "google/default"), "other@example.com");
        assertThat(again.get(again.get(wrong.toString()).header("Location")).text())
                .contains("That was another account");
        assertThat(acme.mailbox(id).path("state").asText()).isEqualTo("held");
        var right = google.consent(again.start(link, "google/default"), address);
        var back = Visitor.query(again.get(right.toString()).header("Location"));
        assertThat(back).containsEntry("mailbox_id", id).containsEntry("status", "connected");
        assertThat(acme.mailbox(id).path("state").asText()).isEqualTo("active");
        assertThat(acme.mailboxes()).hasSize(1);
    }

    /** The same person may be asked twice; another user's or workspace's mailbox is their own. */
    @Test
    void anAddressThatIsConnectedAlreadyIsRenewedForItsUserAndAnothersForOthers() {
        var first = connected("{'external_id': 'crm-1'}");
        assertThat(connected("{'external_id': 'crm-1'}")).isEqualTo(first);
        var second = connected("{'external_id': 'crm-2'}");
        assertThat(second).isNotEqualTo(first);
        var elsewhere = ConnectTenant.named(database, users, "Elsewhere");
        var link = elsewhere.link("{}");
        var other = new Visitor();
        other.open(link);
        other.get(google.consent(other.start(link, "google/default"), address).toString());
        assertThat(elsewhere.mailboxes()).hasSize(1);
        assertThat(acme.mailboxes()).hasSize(2);
    }

    private String connected(String body) {
        var link = acme.link(body);
        var visitor = new Visitor();
        visitor.open(link);
        visitor.get(google.consent(visitor.start(link, "google/default"), address).toString());
        var after = acme.link(link);
        assertThat(after.path("status").asText()).isEqualTo("connected");
        return after.path("mailbox_id").asText();
    }

    private void hold(String mailbox) {
        database.read(handle ->
                handle.execute(
                        "update mailbox set state = 'held', reason = 'Revoked.',"
                                + " reason_code = 'grant_revoked' where id = ?",
                        UUID.fromString(mailbox)));
    }

    @Test
    void aMailboxOfAnyServerIsTestedWhileItsUserWaits() {
        try (var server = Sink.start(SinkOptions.standard().withUser(address, "richtig"))) {
            var link = acme.link("{'providers': ['smtp'], 'state': 's'" + RETURN + "}");
            assertThat(browser.open(link).text()).contains("<details class=\"other\" open>");
            var missing = browser.submit(link, "password", "address", "nobody");
            assertThat(missing.status()).isEqualTo(422);
            assertThat(missing.text())
                    .contains("Enter your whole email address", "Enter the password");
            var unknown =
                    browser.submit(
                            link, "password", "address", "a@no.invalid", "password", "richtig");
            assertThat(unknown.status()).isEqualTo(422);
            assertThat(unknown.text())
                    .contains("We need your mail server", "<details class=\"server\" open>")
                    .doesNotContain("richtig");
            var wrong = password(link, server, "falsch");
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.text())
                    .contains("refused the login", "535", address)
                    .doesNotContain("falsch");
            assertThat(acme.link(link).path("error").asText()).isEqualTo("login_refused");
            assertThat(acme.mailboxes()).isEmpty();
            var right = password(link, server, "richtig");
            assertThat(right.status()).as(right.text()).isEqualTo(303);
            assertThat(right.header("Location")).contains("status=connected", "state=s");
            assertThat(acme.mailboxes()).hasSize(1);
        }
    }

    private Api.Answer password(JsonNode link, Sink server, String password) {
        return browser.submit(
                link,
                "password",
                "address",
                address,
                "password",
                password,
                "host",
                "127.0.0.1",
                "port",
                String.valueOf(server.port()),
                "tls",
                "none");
    }

    @Test
    void guessesHaveToWaitLongerAndLonger() {
        try (var server = Sink.start(SinkOptions.standard().withUser(address, "richtig"))) {
            var link = acme.link("{'providers': ['smtp']}");
            browser.open(link);
            for (var i = 0; i < 6; i++) {
                assertThat(password(link, server, "falsch").status()).isEqualTo(422);
            }
            var looked = server.connections();
            var paused = password(link, server, "richtig");
            assertThat(paused.status()).isEqualTo(429);
            assertThat(paused.header("Retry-After")).isNotEmpty();
            assertThat(server.connections()).isEqualTo(looked);
            assertThat(acme.mailboxes()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "prc_",
                "prc_x",
                "PRC_",
                "%C3%BC",
                "019a8f5e-7c1b-7000-8000-000000000000"
            })
    void aLinkThatIsNoneHasAPageToo(String link) {
        var page = browser.get("/connect/" + link);
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.text()).contains("not one of ours");
    }

    @Test
    void whoSaysNoIsBroughtBackWithThat() {
        var link = acme.link("{'state': 's'" + RETURN + "}");
        browser.open(link);
        var back = browser.submit(link, "cancel");
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("Location"))
                .isEqualTo(ConnectTenant.RETURN_URL + "?status=failed&error=canceled&state=s");
        assertThat(browser.open(link).text()).contains("Continue with Google");
    }

    @Test
    void neitherTokenNorStateNorCodeIsLogged() {
        try (var log = CapturedLog.start()) {
            var link = acme.link("{}");
            browser.open(link);
            var callback = google.consent(browser.start(link, "google/default"), address);
            browser.get(callback.toString());
            var query = Visitor.query(callback.toString());
            assertThat(log.lines())
                    .isNotEmpty()
                    .noneMatch(line ->
                            line.contains(link.path("url").asText().replaceFirst(".*/", ""))
                                    || line.contains(String.valueOf(query.get("code")))
                                    || line.contains(String.valueOf(query.get("state")))
                                    || line.contains(browser.cookie()));
        }
    }

    @Test
    void aMembersOwnLinkIsTheirsToFinish() {
        var ann = acme.user("ann", Role.MEMBER);
        var link = ann.post("/connect-links", "{}").json();
        browser.open(link);
        browser.get(google.consent(browser.start(link, "google/default"), address).toString());
        assertThat(ann.get("/mailboxes").json().path("data")).hasSize(1);
        assertThat(acme.owner.get("/audit-log").text()).contains("mailbox.connected");
    }

    @Test
    void anAdministratorWhoHasAgreedIsThanked() {
        assertThat(
                        browser.get(
                                        "/connect/callback/microsoft/default?admin_consent=True&tenant=x")
                                .text())
                .contains("Thank you");
        assertThat(
                        browser.get(
                                        "/connect/callback/microsoft/default?admin_consent=True&error=access_denied")
                                .text())
                .contains("was not allowed");
    }
}
