package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Whoever sends a browser here with something of their own gets nothing stored: RFC 9700, section
 * 4.
 */
@QuarkusTest
final class ForgedAnswersTest extends ConnectScene {
    @Inject
    ForgedAnswersTest(Users users, Database database) {
        super(users, database);
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

    /** An id token belongs to the browser that asked for it (OpenID Connect Core, 3.1.3.7). */
    @Test
    void anIdentityThatWasAskedForByAnotherIsRefused() {
        var link = acme.link("{}");
        browser.open(link);
        var page = browser.start(link, "google/default").toString();
        var others = page.replaceFirst("nonce=[^&]+", "nonce=anothers");
        assertThat(others).isNotEqualTo(page);
        var back = browser.get(google.consent(URI.create(others), address).toString());
        assertThat(browser.get(back.header("Location")).text()).contains("Nothing was connected");
        assertThat(acme.mailboxes()).isEmpty();
    }

    /**
     * An attacker's code with the victim's state (RFC 9700, 4.5): whoever began has the verifier.
     * The nonce would tell it, too, if it weren't the victim's.
     */
    @Test
    void aCodeThatAnotherWasGivenIsRefused() {
        google.account("mallory@example.com");
        var link = acme.link("{}");
        browser.open(link);
        var own = browser.start(link, "google/default");
        var mallory = new Visitor();
        var theirs = acme.link("{}");
        mallory.open(theirs);
        var asked =
                mallory.start(theirs, "google/default")
                        .toString()
                        .replaceFirst("nonce=[^&]+", "nonce=" + nonce(own));
        var code = Visitor.query(consent(asked, "mallory@example.com")).get("code");
        var injected =
                consent(own.toString(), address)
                        .replaceFirst(
                                "code=[^&]+",
                                "code="
                                        + URLEncoder.encode(
                                                String.valueOf(code), StandardCharsets.UTF_8));
        var back = browser.get(injected);
        assertThat(browser.get(back.header("Location")).text()).contains("Nothing was connected");
        assertThat(acme.mailboxes()).isEmpty();
    }

    private static String nonce(URI page) {
        return String.valueOf(Visitor.query(page.toString()).get("nonce"));
    }

    private String consent(String page, String account) {
        return google.consent(URI.create(page), account).toString();
    }

    @Test
    void anAnswerThatComesTooLateIsRefused() {
        var link = acme.link("{}");
        browser.open(link);
        var callback = google.consent(browser.start(link, "google/default"), address).toString();
        database.read(handle ->
                handle.execute(
                        "update connect_attempt set expires_at = now() where link_id = ?",
                        UUID.fromString(link.path("id").asText())));
        assertThat(browser.get(callback).status()).isEqualTo(400);
        assertThat(acme.mailboxes()).isEmpty();
    }
}
