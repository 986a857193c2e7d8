package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.boot.CapturedLog;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages by HTTP: what they say, in which language, and to whom. */
@QuarkusTest
final class ConnectPagesTest extends ConnectScene {
    @Inject
    ConnectPagesTest(Users users, Database database) {
        super(users, database);
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
}
