package dev.postrider.testkit.provider.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.testkit.provider.Client;
import dev.postrider.testkit.provider.Client.Answer;
import dev.postrider.testkit.provider.Page;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.google.state.GoogleSwitch;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GooglePageTest {
    private static final String ADA = "ada@example.com";

    private FakeGoogle google;
    private GoogleClient client;

    @BeforeEach
    void start() throws IOException {
        google = FakeGoogle.start();
        client = GoogleClient.of(google);
        google.account(ADA);
        google.account("bob@example.com");
    }

    @AfterEach
    void stop() {
        google.close();
    }

    private Page open(URI authorize) throws IOException, InterruptedException {
        return Page.open(client.http(), authorize.toString());
    }

    @Test
    void aBrowserChoosesAnAccountAndTicksABox() throws Exception {
        Page page =
                open(client.authorize("openid email gmail.send gmail.metadata", "login_hint", ADA));
        assertThat(page.html())
                .contains("value=\"" + ADA + "\" required checked")
                .contains("value=\"bob@example.com\" required>")
                .contains("name=\"scope\" value=\"" + GoogleScope.SEND + "\">");
        URI back = page.submit("account", ADA, "scope", GoogleScope.SEND, "decision", "allow");
        assertThat(back.toString()).startsWith(GoogleClient.CALLBACK + "?code=");
        Answer tokens = client.exchange(back);
        assertThat(tokens.text("scope")).contains("gmail.send").doesNotContain("metadata");
        assertThat(tokens.text("refresh_token")).isNotEmpty();
    }

    @Test
    void boxesMayBeTickedFromTheStart() throws Exception {
        google.switches().turn(GoogleSwitch.BOXES_TICKED, true);
        assertThat(open(client.authorize("openid gmail.send")).html())
                .contains("value=\"" + GoogleScope.SEND + "\" checked>");
        assertThat(open(client.authorize("gmail.send")).html()).doesNotContain("checkbox");
    }

    @Test
    void aBrowserCancelsOrLimitsTheTime() throws Exception {
        URI denied =
                open(client.authorize("openid gmail.send"))
                        .submit("account", ADA, "decision", "deny");
        assertThat(Client.query(denied).text("error")).isEqualTo("access_denied");
        URI limited =
                open(client.authorize("gmail.send"))
                        .submit("account", ADA, "time_limit", "86400", "decision", "allow");
        assertThat(client.exchange(limited).json().path("refresh_token_expires_in").asInt())
                .isEqualTo(86_400);
    }

    @Test
    void whatIsWrongIsShownAndGoesNowhere() throws Exception {
        Answer page =
                client.http()
                        .send(
                                client.http()
                                        .request(
                                                client.authorize("openid", "redirect_uri", "x")
                                                        .toString()));
        assertThat(page.status()).isEqualTo(400);
        assertThat(new String(page.response().body(), StandardCharsets.UTF_8))
                .contains("redirect_uri_mismatch");
    }
}
