package dev.postrider.door.console.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleScene;
import dev.postrider.flow.webhook.Listener;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Webhooks in a real browser. */
@QuarkusTest
final class WebhookBrowserTest extends ConsoleScene {
    @Inject
    WebhookBrowserTest(Users users, Database database) {
        super(users, database);
    }

    @Test
    void oneIsMadeAndShowsItsSecretThisOnce() {
        signIn(Role.ADMIN);
        go("/console/webhooks");
        assertThat(window.text()).contains("Nobody is told yet.");
        looksRight("webhooks-none");
        window.click("Make the first one");
        window.waitForTitle("New webhook · Postrider");
        looksRight("webhook-new");
        window.find("#endpoint").sendKeys("http://127.0.0.1:9/hooks");
        window.click("Create webhook");
        window.waitForTitle("Webhook created · Postrider");
        assertThat(window.find("#secret").getText()).startsWith("whsec_");
        looksRight("webhook-created");
        window.click("To the webhook");
        window.waitForTitle("Webhook · Postrider");
        assertThat(window.text()).contains("Nothing yet.").doesNotContain("whsec_");
    }

    @Test
    void whatIsWrongIsSaidWhereItIs() {
        signIn(Role.OWNER);
        go("/console/webhooks/new");
        window.find("#endpoint").sendKeys("https://10.1.2.3/hooks");
        window.click("Create webhook");
        window.waitForText("POSTRIDER_OUTBOUND_ALLOW");
        assertThat(window.find("#endpoint-note").getText()).contains("POSTRIDER_OUTBOUND_ALLOW");
        complainsOf(422);
        looksRight("webhook-new-wrong");
    }

    @Test
    void thoseThatFailAreToldFromThoseThatDoNot() {
        ToldTenant.of(database, acme, "http://127.0.0.1:9/hooks/crm");
        ToldTenant.of(database, acme, "http://127.0.0.1:9/hooks/invoices").fails(30);
        ToldTenant.of(database, acme, "http://127.0.0.1:9/hooks/desk").fails(0);
        ToldTenant.of(database, acme, "http://127.0.0.1:9/hooks/old-shop").isGivenUp();
        signIn(Role.OWNER);
        go("/console/webhooks");
        looksRight("webhooks");
    }

    @Test
    void oneIsLookedAtFilteredRotatedDisabledAndRemoved() {
        var told = ToldTenant.of(database, acme, "http://127.0.0.1:9/hooks/invoices");
        for (var i = 0; i < 4; i++) {
            told.told("email.sent", "Invoice 2026-" + (100 + i), "delivered", 200, "ok");
        }
        told.told("email.bounced", "Reminder for invoice 2026-088", "failed", 500, "no");
        told.told("email.sent", "Invoice 2026-105", "pending", 503, "later");
        told.fails(3);
        signIn(Role.OWNER);
        go(told.path());
        assertThat(window.text()).contains("It has taken no call since");
        looksRight("webhook");

        window.find("#state option[value=failed]").click();
        window.click("Show");
        window.waitForText("Show all");
        assertThat(window.url()).startsWith(Api.publicUrl() + told.path() + "?state=failed");
        assertThat(window.text()).contains("Reminder").doesNotContain("Invoice 2026-105");

        window.click("Change the secret");
        window.click("Change it");
        window.waitForTitle("New signing secret · Postrider");
        looksRight("webhook-secret");
        window.click("To the webhook");
        window.waitForTitle("Webhook · Postrider");
        window.click("End the old one now");
        window.waitForText("Only the new secret is valid now.");

        window.click("Disable");
        window.waitForText("The webhook is disabled");
        looksRight("webhook-disabled");
        window.click("Enable");
        window.waitForText("The webhook is enabled");

        window.click("Remove this webhook");
        window.click("Yes, remove it");
        window.waitForTitle("Webhooks · Postrider");
        assertThat(window.text()).contains("Removed.").contains("Nobody is told yet.");
    }

    @Test
    void anAdminChangesWhatItIsToldAndGivesItASecretOfTheirOwn() {
        var told = ToldTenant.of(database, acme, "http://127.0.0.1:9/hooks/invoices");
        signIn(Role.ADMIN);
        go(told.path());
        window.find("a[href$='/change']").click();
        window.waitForTitle("Change webhook · Postrider");
        looksRight("webhook-change");
        window.find("#endpoint").clear();
        window.find("#endpoint").sendKeys("http://127.0.0.1:9/hooks/desk");
        window.find("[name=events][value='email.failed']").click();
        window.click("Save");
        window.waitForText("Saved.");
        assertThat(window.find("h1").getText()).isEqualTo("http://127.0.0.1:9/hooks/desk");
        assertThat(acme.read("/webhooks/" + told.webhook()).path("events")).hasSize(4);

        window.click("Change the secret");
        window.find("#signing_secret").sendKeys("whsec_short");
        window.click("Change it");
        window.waitForText("must be whsec_");
        complainsOf(422);
        looksRight("webhook-secret-wrong");
        var own = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        window.find("#signing_secret").sendKeys(own);
        window.click("Change it");
        window.waitForTitle("New signing secret · Postrider");
        assertThat(window.find("#secret").getText()).isEqualTo(own);
    }

    /** A real endpoint, which fails at first. */
    @Test
    void oneEventIsSentAgainAndThePageSeesItArrive() throws InterruptedException {
        try (var listener = Listener.start()) {
            listener.says(500, "{\"error\": \"disk full\"}".getBytes(UTF_8));
            var told = ToldTenant.of(database, acme, listener.url());
            acme.sandbox("billing@example.com");
            acme.made(
                    "/emails",
                    "{\"from\": \"billing@example.com\", \"to\": \"bob@example.org\", \"subject\": \"Invoice 17\", \"text\": \"Hello\"}");
            listener.next();
            signIn(Role.ADMIN);
            go(told.path());
            window.waitForText("The endpoint answered 500.");
            listener.answers(200);
            window.click("Sent");
            window.waitForTitle("Sent · Postrider");
            assertThat(window.text()).contains("disk full").contains("Invoice 17");
            looksRight("webhook-delivery");
            window.click("Send it");
            window.waitForText("It is on its way once more.");
            listener.next();
            window.waitForText("The endpoint took it (200).");
            assertThat(window.text()).contains("Delivered").contains("Send it again");
        }
    }

    @Test
    void aTimeSpanIsSentAgain() {
        var told = ToldTenant.of(database, acme, "http://127.0.0.1:9/hooks");
        told.told("email.sent", "Invoice 17", "failed", 500, "no");
        told.told("email.sent", "Invoice 18", "failed", 500, "no");
        signIn(Role.OWNER);
        go(told.path());
        window.click("Send a time span again");
        window.set("#created_after", "2026-01-01T00:00");
        looksRight("webhook-replay");
        window.click("Send again");
        window.waitForText("2 events are on their way once more.");
    }

    @Test
    void markupDoesNothing() {
        var told = ToldTenant.of(database, acme, "http://127.0.0.1:9/hooks");
        var event = told.told("email.sent", MARKUP, "failed", 500, MARKUP);
        signIn(Role.OWNER);
        go(told.path());
        nothingRan();
        go(told.path() + "/deliveries/" + event);
        nothingRan();
        looksRight("webhook-delivery-markup");
    }
}
