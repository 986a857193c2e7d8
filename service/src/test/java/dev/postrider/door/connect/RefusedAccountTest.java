package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.Gate;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Who has consented and isn't connected: nothing is kept of it, and their grant is to be ended. */
@QuarkusTest
final class RefusedAccountTest extends ConnectScene {
    @Inject
    RefusedAccountTest(Users users, Database database) {
        super(users, database);
    }

    @Test
    void whatAnotherAccountHasGrantedIsToBeTakenBack() {
        var link = acme.link("{'address': '" + address + "'}");
        browser.open(link);
        browser.get(
                google.consent(browser.start(link, "google/default"), "other@example.com")
                        .toString());
        assertThat(acme.link(link).path("error").asText()).isEqualTo("wrong_account");
        assertThat(discarded(link, "other@example.com")).isEqualTo(1);
        assertThat(acme.mailboxes()).isEmpty();
    }

    @Test
    void soIsWhatIsLeftWhenABoxWasNotTicked() {
        var link = acme.link("{'tier': 'settle'}");
        browser.open(link);
        browser.get(
                google.consent(browser.start(link, "google/default"), address, Set.of("gmail.send"))
                        .toString());
        assertThat(acme.link(link).path("error").asText()).isEqualTo("permission_missing");
        assertThat(discarded(link, address)).isEqualTo(1);
    }

    @Test
    void whoIsConnectedKeepsIt() {
        var id = connected("{'external_id': 'crm-7'}");
        assertThat(acme.mailbox(id).path("state").asText()).isEqualTo("active");
        assertThat(
                        count(
                                "select count(*) from grant_revocation where subject = ?",
                                google.account(address).subject()))
                .isZero();
    }

    /** It was good when the browser left and when it came back, and isn't when it is looked up. */
    @Test
    void aLinkThatIsRevokedWhileTheCodeIsExchangedConnectsNothing() throws Exception {
        var link = acme.link("{}");
        browser.open(link);
        var callback = google.consent(browser.start(link, "google/default"), address).toString();
        var gate = new Gate();
        google.faults().next(GoogleEndpoint.TOKEN, Fault.hold(gate));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> browser.get(callback));
            gate.awaitArrival();
            acme.owner.delete("/connect-links/" + link.path("id").asText());
            gate.open();

            assertThat(answer.get().status()).isEqualTo(410);
        }
        assertThat(acme.mailboxes()).isEmpty();
        assertThat(acme.link(link).path("status").asText()).isEqualTo("revoked");
        assertThat(discarded(link, address)).isEqualTo(1);
    }

    /** Addresses are given to others when somebody leaves: the new one isn't the old one. */
    @Test
    void anAddressThatHasPassedToAnotherAccountIsNotTheMailboxsAnyMore() {
        var id = connected("{}");
        google.account(address).rename("left." + UUID.randomUUID() + "@example.com");
        google.account(address);
        for (var body : new String[] {"{}", "{'mailbox_id': '" + id + "'}"}) {
            var link = acme.link(body);
            var visitor = new Visitor();
            visitor.open(link);
            visitor.get(google.consent(visitor.start(link, "google/default"), address).toString());
            assertThat(acme.link(link).path("error").asText())
                    .isEqualTo(body.equals("{}") ? "mailbox_exists" : "wrong_account");
            assertThat(discarded(link, address)).isEqualTo(1);
        }
        assertThat(acme.mailboxes()).hasSize(1);
    }

    /** Another organisation may have given the same id. */
    @Test
    void anAccountOfTheSameIdInAnotherTenantIsAnother() {
        var id = connectedAtMicrosoft("{'providers': ['microsoft']}").path("mailbox_id").asText();
        database.read(handle ->
                handle.execute(
                        "update oauth_grant set tenant = ? where mailbox_id = ?",
                        UUID.randomUUID().toString(),
                        UUID.fromString(id)));
        var again = connectedAtMicrosoft("{'mailbox_id': '" + id + "'}");
        assertThat(again.path("error").asText()).isEqualTo("wrong_account");
    }

    private JsonNode connectedAtMicrosoft(String body) {
        var link = acme.link(body);
        var visitor = new Visitor();
        visitor.open(link);
        visitor.get(
                microsoft.consent(visitor.start(link, "microsoft/default"), address).toString());
        return acme.link(link);
    }

    /** What acts by an organisation's leave asks no user. */
    @Test
    void anAppWithAccessOfItsOwnIsNeverOffered() {
        var link = acme.link("{}");
        assertThat(browser.open(link).text())
                .contains("google/default")
                .doesNotContain("service-account", "daemon");
        for (var own : new String[] {"google/service-account", "microsoft/daemon"}) {
            assertThat(browser.submit(link, "start", "option", own).status()).isEqualTo(403);
        }
    }

    @Test
    void whatALinkDoesNotOfferIsNotBegun() {
        var byPassword = acme.link("{'providers': ['smtp']}");
        browser.open(byPassword);
        assertThat(browser.submit(byPassword, "start", "option", "google/default").status())
                .isEqualTo(403);
        var byGoogle = acme.link("{'providers': ['google']}");
        browser.open(byGoogle);
        assertThat(browser.submit(byGoogle, "start", "option", "microsoft/default").status())
                .isEqualTo(403);
        var password =
                browser.submit(
                        byGoogle, "password", "address", address, "password", "x", "host", "h");
        assertThat(password.status()).isEqualTo(403);
        assertThat(
                        count(
                                "select count(*) from connect_attempt where link_id in (?, ?)",
                                id(byPassword),
                                id(byGoogle)))
                .isZero();
        assertThat(acme.mailboxes()).isEmpty();
    }

    @Test
    void whoseUserOrMailboxHasGoneMeanwhileConnectsNothing() {
        var link = acme.link("{'external_id': 'crm-8'}");
        browser.open(link);
        var callback = google.consent(browser.start(link, "google/default"), address).toString();
        var user =
                acme.owner.patch("/users/" + link.path("user_id").asText(), "{\"active\": false}");
        assertThat(user.status()).as(user.text()).isEqualTo(200);
        assertThat(browser.get(callback).status()).isEqualTo(410);
        assertThat(acme.mailboxes()).isEmpty();

        var mailbox = connected("{}");
        var again = acme.link("{'mailbox_id': '" + mailbox + "'}");
        var visitor = new Visitor();
        visitor.open(again);
        var second = google.consent(visitor.start(again, "google/default"), address).toString();
        assertThat(acme.owner.delete("/mailboxes/" + mailbox).status()).isEqualTo(200);
        assertThat(visitor.get(second).status()).as("its links went with it").isEqualTo(400);
        assertThat(acme.mailboxes()).isEmpty();
    }

    /** An answer that is a megabyte is no answer, whatever is in it. */
    @Test
    void tokensWithinAMegabyteAreNotTaken() {
        google.faults()
                .next(
                        GoogleEndpoint.TOKEN,
                        Fault.edit(body -> body.put("padding", "x".repeat(1024 * 1024))));
        var link = acme.link("{}");
        browser.open(link);
        browser.get(google.consent(browser.start(link, "google/default"), address).toString());
        assertThat(acme.link(link).path("error").asText()).isEqualTo("provider_unavailable");
        assertThat(acme.mailboxes()).isEmpty();
    }

    private long discarded(JsonNode link, String account) {
        return count(
                "select count(*) from grant_revocation where link_id = ? and subject = ?",
                id(link),
                google.account(account).subject());
    }

    private static UUID id(JsonNode link) {
        return UUID.fromString(link.path("id").asText());
    }
}
