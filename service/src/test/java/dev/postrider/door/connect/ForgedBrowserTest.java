package dev.postrider.door.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.postrider.http.Api;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Attacks, in the browser that is to fall for them: refused before anything is stored. */
@QuarkusTest
final class ForgedBrowserTest extends BrowserScene {
    @Inject
    ForgedBrowserTest(Users users, Database database) {
        super(users, database);
    }

    /** Another site, which can make the browser send what it likes and read nothing of it. */
    private record Site(HttpServer server) implements AutoCloseable {
        static Site with(String html) throws IOException {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/",
                    exchange -> {
                        var page = ("<!DOCTYPE html><title>Prizes</title>" + html).getBytes(UTF_8);
                        exchange.getResponseHeaders().add("Content-Type", "text/html");
                        exchange.sendResponseHeaders(200, page.length);
                        exchange.getResponseBody().write(page);
                        exchange.close();
                    });
            server.start();
            return new Site(server);
        }

        /** By another name, so that browsers take it for another site. */
        String url() {
            return "http://localhost:" + server.getAddress().getPort() + "/";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void anotherSitesFormsDoNothing() throws Exception {
        var link = open("{}");
        for (var what : new String[] {"start", "password", "cancel"}) {
            var form =
                    """
                    <form method="post" action="%s/%s"><input type="hidden" name="form" value="x">
                    <input type="hidden" name="option" value="google/default">
                    <input type="hidden" name="address" value="mallory@example.com">
                    <input type="hidden" name="password" value="x"><button>Win</button></form>
                    """
                            .formatted(url(link), what);
            try (var site = Site.with(form)) {
                window.open(site.url());
                window.click("Win");
                window.waitForTitle("Your browser did not recognise this page");
                complainsOf(403);
            }
        }
        assertUntouched(link);
    }

    /** Whoever has begun in their own browser can't have it finished in another's. */
    @Test
    void anAttackersAnswerIsNotTakenFromAnothersBrowser() throws Exception {
        google.account("mallory@example.com");
        var theirs = acme.link("{}");
        browser.open(theirs);
        var callback =
                google.consent(browser.start(theirs, "google/default"), "mallory@example.com");
        var link = open("{}");
        try (var site = Site.with("<a href=\"%s\">Win</a>".formatted(escaped(callback)))) {
            window.open(site.url());
            window.click("Win");
            window.waitForTitle("This answer belongs to nothing");
            complainsOf(400);
        }
        assertUntouched(link);
        assertThat(acme.link(theirs).path("status").asText()).isEqualTo("open");
        assertThat(
                        count(
                                "select count(*) from connect_attempt"
                                        + " where link_id = ? and used_at is null",
                                id(theirs)))
                .as("it is still its own browser's")
                .isEqualTo(1);
    }

    @Test
    void anAnswerIsTakenOnce() {
        var link = open("{}");
        var callback = answerOf(google.base());
        window.open(callback.toString());
        window.waitForTitle("Your mailbox is connected");
        var stored = stored(link);
        window.open(callback.toString());
        window.waitForTitle("This answer belongs to nothing");
        complainsOf(400);
        assertThat(stored(link)).isEqualTo(stored);
        assertThat(acme.mailboxes()).hasSize(1);
    }

    /** RFC 9700, 4.4: what Google has answered is brought to the other app's callback. */
    @Test
    void anAnswerOfOneAppIsNotTakenAtAnothers() {
        var link = open("{}");
        var callback = answerOf(google.base()).toString();
        window.open(callback.replace("/callback/google/", "/callback/microsoft/"));
        window.waitForTitle("This answer belongs to nothing");
        complainsOf(400);
        window.open(callback);
        window.waitForTitle("This answer belongs to nothing");
        complainsOf(400);
        assertThat(acme.mailboxes()).isEmpty();
        assertThat(acme.link(link).path("status").asText()).isEqualTo("open");
        assertThat(
                        count(
                                "select count(*) from oauth_grant join mailbox"
                                        + " on mailbox.id = oauth_grant.mailbox_id"
                                        + " where mailbox.address = ?",
                                address))
                .isZero();
    }

    @Test
    void aStolenLinkIsGoodForNothingOnceItsUserHasBegun() {
        var link = acme.link("{}");
        browser.open(link);
        browser.start(link, "google/default");
        var before = stored(link);
        window.open(url(link));
        window.waitForTitle("This link is open in another browser");
        looksRight("elsewhere");
        complainsOf(403);
        window.open(Api.publicUrl() + "/connect/" + link.path("id").asText());
        window.waitForTitle("This link is not one of ours");
        complainsOf(404);
        assertThat(stored(link)).isEqualTo(before);
    }

    @Test
    void noParameterLeadsTheBrowserElsewhere() {
        var evil = "https%3A%2F%2Fevil.example%2F";
        var more = "return_url=" + evil + "&redirect_uri=" + evil + "&next=" + evil;
        var link = acme.link("{'return_url': '" + google.base() + "/back'}");
        window.open(url(link) + "?" + more);
        window.waitForTitle("Connect your mailbox");
        assertThat(window.text()).doesNotContain("evil.example");
        window.open(answerOf(google.base()) + "&" + more);
        window.waitForUrl(google.base() + "/back?status=connected");
        assertThat(window.url()).doesNotContain("evil");

        var late = open("{'return_url': '" + google.base() + "/back'}");
        var callback = answerOf(google.base());
        acme.owner.patch("/workspace", "{\"return_urls\": []}");
        window.open(callback.toString());
        window.waitForTitle("Your mailbox is connected");
        assertThat(window.url())
                .isEqualTo(Api.publicUrl() + "/connect/" + late.path("id").asText());
        assertThat(window.text()).doesNotContain("Back to");
    }

    /** What the provider would answer to who has pressed the button; the browser is held there. */
    private URI answerOf(String provider) {
        window.click("Continue with Google");
        window.waitForUrl(provider);
        return google.consent(URI.create(window.url()), address);
    }

    private void assertUntouched(JsonNode link) {
        assertThat(
                        count(
                                "select count(*) from connect_link where id = ? and tries = 0"
                                        + " and browser_hash is null and failure is null"
                                        + " and connected_at is null and revoked_at is null",
                                id(link)))
                .isEqualTo(1);
        assertThat(count("select count(*) from connect_attempt where link_id = ?", id(link)))
                .isZero();
        assertThat(acme.mailboxes()).isEmpty();
    }

    private String stored(JsonNode link) {
        return database.read(handle ->
                handle.select("select connect_link::text from connect_link where id = ?", id(link))
                        .mapTo(String.class)
                        .one());
    }

    private static UUID id(JsonNode link) {
        return UUID.fromString(link.path("id").asText());
    }

    private static String escaped(URI url) {
        return url.toString().replace("&", "&amp;");
    }
}
