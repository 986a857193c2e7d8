package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.rig.Parallel;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A mailbox that is there already: connected again, or by somebody else. */
@QuarkusTest
final class ReconnectTest extends ConnectScene {
    @Inject
    ReconnectTest(Users users, Database database) {
        super(users, database);
    }

    @Test
    void aMailboxIsConnectedAgainByItsOwnAccountAlone() {
        var id = connected("{}");
        google.removeAccess(address);
        hold(id);
        var link = acme.link("{'mailbox_id': '" + id + "'" + RETURN + "}");
        var again = new Visitor();
        assertThat(again.open(link).text())
                .contains("again", address, "Continue with Google")
                .doesNotContain("Continue with Microsoft", "Another mailbox");
        var wrong = google.consent(again.start(link, "google/default"), "other@example.com");
        assertThat(again.get(again.get(wrong.toString()).header("Location")).text())
                .contains("That was another account");
        assertThat(acme.mailbox(id).path("state").asText()).isEqualTo("held");
        var right = google.consent(again.start(link, "google/default"), address);
        var back = Visitor.query(again.get(right.toString()).header("Location"));
        assertThat(back).containsEntry("mailbox_id", id).containsEntry("status", "connected");
        assertThat(acme.mailbox(id).path("state").asText()).isEqualTo("active");
        assertThat(acme.mailboxes()).hasSize(1);
    }

    /** The same person may be asked twice; another user's or workspace's mailbox is their own. */
    @Test
    void anAddressThatIsConnectedAlreadyIsRenewedForItsUserAndAnothersForOthers() {
        var first = connected("{'external_id': 'crm-1'}");
        assertThat(connected("{'external_id': 'crm-1'}")).isEqualTo(first);
        var second = connected("{'external_id': 'crm-2'}");
        assertThat(second).isNotEqualTo(first);
        var elsewhere = ConnectTenant.named(database, users, "Elsewhere");
        var link = elsewhere.link("{}");
        var other = new Visitor();
        other.open(link);
        other.get(google.consent(other.start(link, "google/default"), address).toString());
        assertThat(elsewhere.mailboxes()).hasSize(1);
        assertThat(acme.mailboxes()).hasSize(2);
    }

    private void hold(String mailbox) {
        database.read(handle ->
                handle.execute(
                        "update mailbox set state = 'held', reason = 'Revoked.',"
                                + " reason_code = 'grant_revoked' where id = ?",
                        UUID.fromString(mailbox)));
    }

    /** What is told of a mailbox shows the grant that it goes on with. */
    @Test
    void itIsToldReleasedWithItsNewGrant() throws Exception {
        try (var hook = Hook.listening()) {
            var id = connected("{}");
            google.removeAccess(address);
            database.read(handle ->
                    handle.execute(
                            "update oauth_grant set ended_at = now(), end_code = 'grant_revoked',"
                                    + " problem = 'Revoked.' where mailbox_id = ?",
                            UUID.fromString(id)));
            hold(id);
            hook.wants(acme.owner, "mailbox.released", "mailbox.connected");

            var link = acme.link("{'mailbox_id': '" + id + "'}");
            browser.open(link);
            var back = google.consent(browser.start(link, "google/default"), address);
            browser.get(back.toString());

            var released = hook.next("mailbox.released");
            assertThat(released.path("was").asText()).isEqualTo("held");
            assertThat(released.path("state").asText()).isEqualTo("active");
            assertThat(released.path("grant").path("ended").asBoolean(true)).isFalse();
            assertThat(released.path("grant").has("problem")).isFalse();
            var told = hook.next("mailbox.connected");
            assertThat(told.path("reconnected").asBoolean()).isTrue();
            assertThat(told.path("grant").path("ended").asBoolean(true)).isFalse();
        }
    }

    /** Of browsers that begin with a link at once one does; the others see where it is. */
    @Test
    void ofBrowsersThatBeginAtOnceOneWins() throws Exception {
        var link = acme.link("{}");
        var visitors = Stream.generate(Visitor::new).limit(6).toList();
        visitors.forEach(each -> assertThat(each.open(link).status()).isEqualTo(200));

        var answers =
                Parallel.all(
                        visitors.stream()
                                .<Callable<Api.Answer>>map(each ->
                                        () ->
                                                each.submit(
                                                        link, "start", "option", "google/default"))
                                .toList());

        assertThat(answers).filteredOn(each -> each.status() == 303).hasSize(1);
        assertThat(answers)
                .filteredOn(each -> each.status() != 303)
                .hasSize(5)
                .allSatisfy(each -> {
                    assertThat(each.status()).isEqualTo(403);
                    assertThat(each.text()).contains("another browser");
                });
        assertThat(
                        count(
                                "select count(*) from connect_attempt where link_id = ?",
                                UUID.fromString(link.path("id").asText())))
                .isEqualTo(1);
    }

    /** Two windows of one browser: one mailbox, and both come to it. */
    @Test
    void ofTwoWindowsThatFinishAtOnceOneStoresAndBothAreDone() throws Exception {
        try (var server = Sink.start(SinkOptions.standard().withUser(address, "richtig"))) {
            var link = acme.link("{'providers': ['smtp']}");
            browser.open(link);
            var answers =
                    Parallel.times(
                            2,
                            () ->
                                    browser.submit(
                                            link,
                                            "password",
                                            "address",
                                            address,
                                            "password",
                                            "richtig",
                                            "host",
                                            "127.0.0.1",
                                            "port",
                                            String.valueOf(server.port()),
                                            "tls",
                                            "none"));
            assertThat(answers).extracting(Api.Answer::status).contains(303);
            assertThat(answers)
                    .allSatisfy(each ->
                            assertThat(
                                            each.status() == 303
                                                    || each.text()
                                                            .contains("Your mailbox is connected"))
                                    .as(each.text())
                                    .isTrue());
            assertThat(acme.mailboxes()).hasSize(1);
            assertThat(
                            count(
                                    "select count(*) from audit_entry where action = 'mailbox.connected'"
                                            + " and subject = ?",
                                    address))
                    .isEqualTo(1);
        }
    }
}
