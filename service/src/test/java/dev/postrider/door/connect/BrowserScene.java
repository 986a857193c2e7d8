package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Api;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.rig.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same in a real browser; whatever its console complains of fails the test. */
class BrowserScene extends ConnectScene {
    Chromium window;

    BrowserScene(Users users, Database database) {
        super(users, database);
    }

    @BeforeEach
    void window() {
        window = Chromium.fresh();
        var allowed =
                acme.owner.patch("/workspace", "{\"return_urls\": [\"" + google.base() + "\"]}");
        assertThat(allowed.status()).isEqualTo(200);
    }

    @AfterEach
    void nothingIsComplainedOf() {
        assertThat(window.complaints(Api.publicUrl())).isEmpty();
    }

    /** A page that isn't what was asked for is what the console may complain of. */
    void complainsOf(int status) {
        assertThat(window.complaints(Api.publicUrl()))
                .isNotEmpty()
                .allMatch(line -> line.contains(String.valueOf(status)));
    }

    /** In both colours, on a phone and on a desk. */
    void looksRight(String name) {
        for (var width : new int[] {390, 1280}) {
            for (var dark : new boolean[] {false, true}) {
                window.look(width, dark);
                var shown = name + "-" + width + (dark ? "-dark" : "");
                assertThat(dark ? window.barriersOfColour() : window.barriers())
                        .as(shown)
                        .isEmpty();
                assertThat(window.overflows()).as(shown).isFalse();
                window.takePicture(shown);
            }
        }
        window.look(1280, false);
    }

    JsonNode open(String body) {
        var link = acme.link(body);
        window.open(url(link));
        return link;
    }

    static String url(JsonNode link) {
        return link.path("url").asText();
    }

    void consentAtGoogle(String account) {
        window.waitForTitle("Sign in with Google (a fake)");
        window.find("input[name=account][value='" + account + "']").click();
        var box = window.find("input[name=scope]");
        if (!box.isSelected()) {
            box.click();
        }
        window.find("button[value=allow]").click();
    }

    void consentAtMicrosoft(String account) {
        window.waitForTitle("Sign in to your account (a fake Microsoft)");
        window.find("input[name=account][value='" + account + "']").click();
        window.find("button[value=accept]").click();
    }
}
