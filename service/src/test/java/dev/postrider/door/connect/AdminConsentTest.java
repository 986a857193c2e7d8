package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Api;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftTenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An organisation whose users may not consent by themselves, and its administrator. */
@QuarkusTest
final class AdminConsentTest extends ConnectScene {
    private static final Pattern LINK = Pattern.compile("<textarea id=\"for-admin\"[^>]*>([^<]+)<");

    private final String domain =
            "closed-" + UUID.randomUUID().toString().substring(0, 8) + ".example";
    private final String member = "ann@" + domain;
    private final String admin = "root@" + domain;

    @Inject
    AdminConsentTest(Users users, Database database) {
        super(users, database);
    }

    @BeforeEach
    void anOrganisation() {
        microsoft.account(member);
        microsoft.account(admin);
        microsoft.tenant(domain).usersMayConsentTo(MicrosoftTenant.Consent.NOTHING);
        microsoft.switches().turn(MicrosoftSwitch.APPROVAL_PAGE_LEADS_BACK, true);
    }

    @AfterEach
    void asItWas() {
        microsoft.switches().turn(MicrosoftSwitch.APPROVAL_PAGE_LEADS_BACK, false);
    }

    @Test
    void theUserConnectsOnceTheirAdministratorHasFollowedTheLink() throws Exception {
        var link = acme.link("{'providers': ['google', 'microsoft'], 'tier': 'settle'}");
        browser.open(link);
        var page = tried(link);
        assertThat(page)
                .contains("Your administrator has to agree first", "Send your administrator")
                .contains("Try again with Microsoft");
        var url = adminLink(page);
        assertThat(url.getPath()).isEqualTo("/organizations/v2.0/adminconsent");
        assertThat(Visitor.query(url.toString()).get("scope")).contains("Mail.ReadBasic");

        var refused = decide(url, "cancel");
        var sorry = new Visitor().get(refused);
        assertThat(sorry.status()).as(refused).isEqualTo(200);
        assertThat(sorry.text()).contains("was not allowed");
        assertThat(tried(link)).contains("Your administrator has to agree first");

        var agreed = new Visitor().get(decide(url, "accept"));
        assertThat(agreed.status()).isEqualTo(200);
        assertThat(agreed.text()).contains("Thank you");
        assertThat(acme.mailboxes()).isEmpty();
        var callback = microsoft.consent(browser.start(link, "microsoft/default"), member);
        assertThat(browser.get(callback.toString()).status()).isEqualTo(303);
        assertThat(acme.mailboxes()).hasSize(1);
        assertThat(acme.mailboxes().get(0).path("address").asText()).isEqualTo(member);
    }

    /** What Google's administrators need is the app's id, and nothing of Microsoft's helps them. */
    @Test
    void whoIsSentAwayByGoogleGetsNoLinkOfMicrosofts() {
        var link = acme.link("{}");
        assertThat(browser.open(link).text()).contains("Continue with Microsoft");
        google.answerNextConsentWith("admin_policy_enforced");
        var back = google.consent(browser.start(link, "google/default"), address);
        var page = browser.get(browser.get(back.toString()).header("Location")).text();
        assertThat(page)
                .contains("Your administrator has to agree first", "App access control")
                .contains(google.app().clientId())
                .doesNotContain("adminconsent", microsoft.app().clientId());
    }

    /** Anybody may write such a URL: it changes nothing, whoever opens it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin_consent=True&tenant=x",
                "admin_consent=True&tenant=x&code=CODE&state=STATE",
                "admin_consent=True&admin_consent=False&state=admin",
                "admin_consent=%3Cscript%3E&state=STATE",
                "error=access_denied&error_description=%3Cscript%3E&state=admin",
                "state=admin&code=CODE",
            })
    void aForgedAnswerOfAnAdministratorStoresNothing(String query) {
        var link = acme.link("{}");
        browser.open(link);
        var callback = google.consent(browser.start(link, "google/default"), address);
        var answer = Visitor.query(callback.toString());
        var forged =
                "/connect/callback/microsoft/default?"
                        + query.replace("CODE", String.valueOf(answer.get("code")))
                                .replace("STATE", String.valueOf(answer.get("state")));
        for (var who : new Visitor[] {browser, new Visitor()}) {
            var page = who.get(forged);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text()).doesNotContain("<script");
            assertThat(page.header("Set-Cookie")).isEmpty();
        }
        assertThat(acme.mailboxes()).isEmpty();
        assertThat(acme.link(link).path("status").asText()).isEqualTo("open");
        // and what the browser was at isn't disturbed either
        assertThat(browser.get(callback.toString()).status()).isEqualTo(303);
        assertThat(acme.mailboxes()).hasSize(1);
    }

    @Test
    void googleHasNoSuchAnswer() {
        var page = browser.get("/connect/callback/google/default?admin_consent=True");
        assertThat(page.text()).doesNotContain("Thank you");
    }

    /** What the user sees after a try that needs the administrator. */
    private String tried(JsonNode link) {
        var back = microsoft.consent(browser.start(link, "microsoft/default"), member);
        var answer = browser.get(back.toString());
        assertThat(answer.header("Location"))
                .startsWith(Api.publicUrl() + "/connect/" + link.path("id").asText());
        assertThat(acme.link(link).path("error").asText()).isEqualTo("admin_consent_required");
        return browser.get(answer.header("Location")).text();
    }

    private static URI adminLink(String page) {
        var found = LINK.matcher(page);
        assertThat(found.find()).as(page).isTrue();
        return URI.create(found.group(1).replace("&amp;", "&"));
    }

    /** Where the administrator's browser is led to. */
    private String decide(URI link, String decision) throws IOException, InterruptedException {
        var form =
                "decision="
                        + decision
                        + "&account="
                        + URLEncoder.encode(admin, StandardCharsets.UTF_8);
        try (var client = HttpClient.newHttpClient()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(link)
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.ofString(form))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isIn(302, 303);
            return answer.headers().firstValue("Location").orElseThrow();
        }
    }
}
