package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Consent by HTTP: what comes of each answer, what is stored of it, and where the browser goes. */
@QuarkusTest
final class ConsentTest extends ConnectScene {
    @Inject
    ConsentTest(Users users, Database database) {
        super(users, database);
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
                new Fault[] {
                    Fault.html(502),
                    Fault.html(200),
                    Fault.megabyte(200),
                    Fault.megabyte(400),
                    Fault.resetAfterBody(),
                    Fault.halfAnswer(),
                    Fault.edit(body -> body.remove("access_token")),
                    Fault.edit(body -> body.putObject("access_token"))
                }) {
            google.faults().next(GoogleEndpoint.TOKEN, fault);
            var callback = google.consent(browser.start(link, "google/default"), address);
            assertThat(browser.get(browser.get(callback.toString()).header("Location")).text())
                    .contains("The provider does not answer");
            assertThat(acme.mailboxes()).isEmpty();
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

    /** What says nothing of a time is no reason to refuse: the next token tells more. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "\"soon\"", "\"3600\"", "1e30", "null", "[]", "{}"})
    void anOddLifeOfATokenKeepsNobodyFromSending(String expiresIn) throws JsonProcessingException {
        var life = new ObjectMapper().readTree(expiresIn);
        google.faults()
                .next(GoogleEndpoint.TOKEN, Fault.edit(body -> body.set("expires_in", life)));
        connected("{}");
        var sent =
                acme.owner.post(
                        "/gmail/send-email",
                        "{\"to\": \"grace@example.org\", \"subject\": \"Odd\", \"message\": \"Hello\"}");
        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        assertThat(google.sent(address)).hasSize(1);
    }

    @Test
    void withoutALastingPermissionNothingIsConnected() {
        google.faults()
                .next(GoogleEndpoint.TOKEN, Fault.edit(body -> body.remove("refresh_token")));
        assertFails(
                "google/default",
                "no_refresh_token",
                "would not have lasted",
                page -> google.consent(page, address));
    }

    @Test
    void anAccountWithoutAMailboxIsNotConnected() {
        var account = "bare." + UUID.randomUUID() + "@example.com";
        microsoft.account(account).withMail(MicrosoftUser.Mail.NONE);
        assertFails(
                "microsoft/default",
                "no_mailbox",
                "This account has no mailbox",
                page -> microsoft.consent(page, account));
    }

    @Test
    void anAddressThatIsConnectedByAnotherProviderStaysSo() {
        var first = connected("{}");
        assertFails(
                "microsoft/default",
                "mailbox_exists",
                "connected already",
                page -> microsoft.consent(page, address));
        assertThat(acme.mailbox(first).path("provider").asText()).isEqualTo("gmail");
    }

    /** The page, the link and the way back say the same, and the link is good for another try. */
    private void assertFails(String option, String code, String words, UnaryOperator<URI> user) {
        var before = acme.mailboxes().size();
        var link = acme.link("{'state': 's'" + RETURN + "}");
        browser.open(link);
        var back = user.apply(browser.start(link, option));
        var page = browser.get(browser.get(back.toString()).header("Location"));
        assertThat(page.text())
                .contains(words)
                .contains(
                        "href=\""
                                + ConnectTenant.RETURN_URL
                                + "?status=failed&amp;error="
                                + code
                                + "&amp;state=s\"");
        assertThat(acme.link(link).path("error").asText()).isEqualTo(code);
        assertThat(acme.link(link).path("status").asText()).isEqualTo("open");
        assertThat(acme.mailboxes()).hasSize(before);
    }

    /** Forms of refusals that Microsoft and others have; whatever isn't known is the user's no. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "error=access_denied&error_description=AADSTS65004%3A+declined   | access_denied",
                "error=access_denied&error_description=AADSTS90094%3A+admin      | admin_consent_required",
                "error=consent_required&error_description=AADSTS65001%3A+x       | admin_consent_required",
                "error=interaction_required                                      | access_denied",
                "error=login_required&error_subtype=x                            | access_denied",
                "error=unauthorized_client                                       | app_at_fault",
                "error=invalid_request&error_description=%00                     | app_at_fault",
                "error=SERVER_ERROR                                              | access_denied",
                "error=access_denied&code=a-code                                 | access_denied",
                "error=                                                          | access_denied",
                "code=                                                           | access_denied",
                "x=1                                                             | access_denied",
            })
    void eachFormOfAnErrorIsOneFailureAndStoresNothing(String query, String code) {
        var link = acme.link("{}");
        browser.open(link);
        var page = browser.start(link, "microsoft/default");
        var state = Visitor.query(page.toString()).get("state");
        var back = browser.get("/connect/callback/microsoft/default?state=" + state + "&" + query);
        assertThat(back.status()).isEqualTo(303);
        assertThat(acme.link(link).path("error").asText()).isEqualTo(code);
        assertThat(browser.get(back.header("Location")).text())
                .containsIgnoringCase("nothing was connected");
        assertThat(acme.mailboxes()).isEmpty();
    }

    @Test
    void whatNamesTheErrorTwiceOrAtLengthIsNoAnswer() {
        var link = acme.link("{}");
        browser.open(link);
        for (var query :
                new String[] {
                    "&error=a&error=b", "&error=a&error_description=x&error_description=y"
                }) {
            var state =
                    Visitor.query(browser.start(link, "google/default").toString()).get("state");
            var answer = browser.get("/connect/callback/google/default?state=" + state + query);
            assertThat(answer.status()).isEqualTo(400);
        }
        assertThat(browser.get("/connect/callback/google/default?error=access_denied").status())
                .isEqualTo(400);
        assertThat(browser.get("/connect/callback/google/default").status()).isEqualTo(400);
        assertThat(acme.link(link).has("error")).isFalse();
    }

    @Test
    void aProviderThatIsNoneLeadsNowhere() {
        var link = acme.link("{}");
        browser.open(link);
        for (var path : new String[] {"yahoo/default", "GOOGLE/default", "smtp/default"}) {
            assertThat(browser.get("/connect/callback/" + path + "?code=x&state=y").status())
                    .as(path)
                    .isEqualTo(404);
        }
        for (var option : new String[] {"yahoo", "yahoo/default", "google/other", "", "smtp"}) {
            assertThat(browser.submit(link, "start", "option", option).status())
                    .as(option)
                    .isEqualTo(403);
        }
        assertThat(browser.get("/connect/callback/google/other?code=x&state=y").status())
                .isEqualTo(400);
    }
}
