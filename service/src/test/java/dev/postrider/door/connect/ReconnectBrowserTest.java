package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.testkit.provider.mail.StoredMessage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A mailbox that "stopped sending", from the event that tells of it to the mail that has waited.
 */
@QuarkusTest
final class ReconnectBrowserTest extends BrowserScene {
    @Inject
    ReconnectBrowserTest(Users users, Database database) {
        super(users, database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "microsoft"})
    void whoFollowsTheLinkOfTheEventConnectsTheSameMailboxAndItsMailLeavesOnce(String provider)
            throws Exception {
        try (var hook = Hook.listening()) {
            var id = connectedBy(provider);
            hook.wants(acme.owner, "mailbox.held", "mailbox.released");
            revoke(provider);
            var email =
                    acme.owner.post(
                            "/emails",
                            ("{\"from\": \"%s\", \"to\": \"grace@example.org\","
                                            + " \"subject\": \"Has waited\", \"text\": \"Hello\"}")
                                    .formatted(address));
            assertThat(email.status()).as(email.text()).isEqualTo(200);

            var held = hook.next("mailbox.held");

            assertThat(held.path("id").asText()).isEqualTo(id);
            assertThat(held.path("reason_code").asText()).isEqualTo("grant_revoked");
            assertThat(acme.mailbox(id).path("state").asText()).isEqualTo("held");
            assertThat(sent(provider)).isEmpty();
            window.open(held.path("reconnect_url").asText());
            window.waitForTitle("Connect your mailbox again");
            assertThat(window.text()).contains(address);
            looksRight("again-" + provider);
            consent(provider);
            window.waitForTitle("Your mailbox is connected");
            assertThat(hook.next("mailbox.released").path("id").asText()).isEqualTo(id);
            assertThat(acme.mailbox(id).path("state").asText()).isEqualTo("active");
            Awaitility.await().untilAsserted(() -> assertThat(sent(provider)).hasSize(1));

            // a link of the application's own leads back to it, with the mailbox that it knows
            open(
                    "{'mailbox_id': '%s', 'return_url': '%s/back', 'state': 's'}"
                            .formatted(id, google.base()));
            consent(provider);
            window.waitForUrl(google.base() + "/back?status=connected");
            assertThat(Visitor.query(window.url()))
                    .containsEntry("mailbox_id", id)
                    .containsEntry("state", "s");
            assertThat(acme.mailboxes()).hasSize(1);
            assertThat(sent(provider)).hasSize(1);
            assertThat(
                            acme.owner
                                    .get("/emails/" + email.json().path("id").asText())
                                    .json()
                                    .path("last_event")
                                    .asText())
                    .isEqualTo("sent");
        }
    }

    private String connectedBy(String provider) {
        var link = acme.link("{}");
        browser.open(link);
        var page = browser.start(link, provider + "/default");
        var back =
                provider.equals("google")
                        ? google.consent(page, address)
                        : microsoft.consent(page, address);
        browser.get(back.toString());
        return acme.link(link).path("mailbox_id").asText();
    }

    private void revoke(String provider) {
        if (provider.equals("google")) {
            google.removeAccess(address);
        } else {
            var user = microsoft.account(address);
            microsoft.grants().revokeSessions(user);
            microsoft.grants().expireAccessTokens(user);
        }
    }

    private void consent(String provider) {
        if (provider.equals("google")) {
            window.click("Continue with Google");
            consentAtGoogle(address);
        } else {
            window.click("Continue with Microsoft");
            consentAtMicrosoft(address);
        }
    }

    private List<StoredMessage> sent(String provider) {
        return provider.equals("google") ? google.sent(address) : microsoft.sent(address);
    }
}
