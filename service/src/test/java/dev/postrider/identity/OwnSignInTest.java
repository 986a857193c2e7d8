package dev.postrider.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** A company's developer: a token from their own provider, a mailbox, an email. */
@QuarkusTest
final class OwnSignInTest {
    @Test
    void aTokenOfTheCompanysProviderIsAllItTakesToSend() throws Exception {
        var api = Api.underTest().with(token("paul", "postrider"));
        var me = api.get("/me");
        assertThat(me.status()).as(me.text()).isEqualTo(200);
        assertThat(me.json().path("role").asText()).isEqualTo("member");
        assertThat(me.json().path("has_password").asBoolean()).isFalse();
        assertThat(api.get("/me").json()).isEqualTo(me.json());

        var mailbox =
                api.post(
                        "/mailboxes",
                        "{\"address\": \"paul@example.org\", \"provider\": \"sandbox\"}");
        assertThat(mailbox.status()).as(mailbox.text()).isEqualTo(201);
        var sent =
                api.post(
                        "/smtp/send-email",
                        "{\"to\": \"g@example.org\", \"subject\": \"Hi\", \"message\": \"Hello\"}");
        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        var kept = api.get("/mailboxes/" + mailbox.json().path("id").asText() + "/sandbox");
        assertThat(kept.json().path("data")).hasSize(1);

        var owner =
                Api.underTest()
                        .loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);
        var user = "/users/" + me.json().path("id").asText();
        assertThat(owner.delete(user + "?mailboxes=remove").status()).isEqualTo(200);
    }

    @Test
    void aTokenForAnotherAudienceIsRefusedInTheStandardsWords() throws Exception {
        var answer = Api.underTest().with(token("paul", "crm")).get("/me");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate"))
                .startsWith("Bearer ")
                .contains("error=\"invalid_token\"");
        assertThat(answer.json().path("code").asText()).isEqualTo("invalid_token");
    }

    /** As an application gets one (RFC 6749, 4.4). */
    private static String token(String client, String audience) throws Exception {
        var issuer = ConfigProvider.getConfig().getValue("POSTRIDER_OIDC_ISSUER", String.class);
        var request =
                HttpRequest.newBuilder(URI.create(issuer + "/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                BodyPublishers.ofString(
                                        "grant_type=client_credentials&client_id=%s&client_secret=s&scope=%s"
                                                .formatted(client, audience)));
        var answer =
                HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
        return new ObjectMapper().readTree(answer).path("access_token").asText();
    }
}
