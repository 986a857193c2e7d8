package dev.postrider.testkit.provider.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.testkit.provider.Client;
import dev.postrider.testkit.provider.Client.Answer;
import dev.postrider.testkit.provider.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class MicrosoftPageTest {
    private static final String ADA = "ada@example.com";
    private static final String READING = MicrosoftClient.SEND + " Mail.Read";

    private FakeMicrosoft microsoft;
    private MicrosoftClient client;

    @BeforeEach
    void start() throws IOException {
        microsoft = FakeMicrosoft.start();
        client = MicrosoftClient.of(microsoft);
        microsoft.account(ADA);
    }

    @AfterEach
    void stop() {
        microsoft.close();
    }

    private Page open(URI authorize) throws IOException, InterruptedException {
        return Page.open(client.http(), authorize.toString());
    }

    @Test
    void aBrowserPicksAnAccountAndAccepts() throws Exception {
        Page page = open(client.authorize(MicrosoftClient.SEND, "login_hint", ADA));
        assertThat(page.html()).contains("value=\"" + ADA + "\" required checked");
        URI back = page.submit("account", ADA, "decision", "accept");
        assertThat(client.exchange(back).text("refresh_token")).isNotEmpty();
        URI denied = page.submit("account", ADA, "decision", "cancel");
        assertThat(Client.query(denied).text("error")).isEqualTo("access_denied");
    }

    @Test
    void aFormPostComesAsAFormOfItsOwn() throws Exception {
        Answer answer =
                open(client.authorize(MicrosoftClient.SEND, "response_mode", "form_post"))
                        .post("account", ADA, "decision", "accept");
        var page =
                new Page(
                        client.http(),
                        new String(answer.response().body(), StandardCharsets.UTF_8));
        assertThat(page.action()).isEqualTo(MicrosoftClient.CALLBACK);
        assertThat(page.hidden()).containsEntry("state", "opaque").containsKey("code");
    }

    @Test
    void anAdminConsentsByALink() throws Exception {
        Answer refused = open(client.authorize(READING)).post("account", ADA, "decision", "accept");
        assertThat(new String(refused.response().body(), StandardCharsets.UTF_8))
                .contains("Need admin approval");
        String link =
                microsoft.base()
                        + "/example.com/v2.0/adminconsent?"
                        + Client.encode(
                                Map.of(
                                        "client_id",
                                        microsoft.app().clientId(),
                                        "scope",
                                        "https://graph.microsoft.com/Mail.Read",
                                        "redirect_uri",
                                        MicrosoftClient.CALLBACK,
                                        "state",
                                        "s"));
        URI back = Page.open(client.http(), link).submit("decision", "accept");
        assertThat(Client.query(back).text("admin_consent")).isEqualTo("True");
        assertThat(Client.query(back).text("tenant"))
                .isEqualTo(microsoft.tenant("example.com").id());
        URI consented =
                open(client.authorize(READING)).submit("account", ADA, "decision", "accept");
        assertThat(client.exchange(consented).text("scope")).contains("Mail.Read");
    }

    @Test
    void anUnknownTenantOrRedirectGoesNowhere() throws Exception {
        for (URI url :
                new URI[] {
                    client.authorizeAt("nobody.example", MicrosoftClient.SEND),
                    client.authorize(MicrosoftClient.SEND, "redirect_uri", "http://evil.test/")
                }) {
            assertThat(client.http().send(client.http().request(url.toString())).status())
                    .isEqualTo(400);
        }
    }
}
