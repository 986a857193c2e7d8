package dev.postrider.flow.webhook;

import static dev.postrider.door.api.send.EmailApi.json;
import static dev.postrider.http.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.door.api.send.EmailApi;
import dev.postrider.http.Api;
import dev.postrider.mailbox.HoldReason;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.postgres.NewId;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way of the news that a mailbox is held: to an application, and to its owner. */
@QuarkusTest
class MailboxIsHeldTest {
    @Inject Mailboxes mailboxes;

    private final Listener listener = Listener.start();
    private EmailApi held;
    private EmailApi notification;
    private String webhook;

    @BeforeEach
    void connect() {
        held = new EmailApi("is-held@example.org");
        notification = new EmailApi("notices@example.org");
        var made =
                held.api()
                        .post(
                                "/webhooks",
                                json(
                                        "{'endpoint':'"
                                                + listener.url()
                                                + "','events':['mailbox.held','email.sent']}"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        webhook = made.json().path("id").asText();
    }

    @AfterEach
    void disconnect() {
        assertThat(change("{'notification_mailbox_id':null}").status()).isEqualTo(200);
        held.api().delete("/webhooks/" + webhook);
        held.close();
        notification.close();
        listener.close();
    }

    @Test
    void bothAreToldWithALinkThatLeadsToThePageThatMendsIt() throws Exception {
        var changed =
                change(
                        "{'notification_mailbox_id':'"
                                + notification.mailbox()
                                + "','language':'en'}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().path("notification_mailbox_id").asText())
                .isEqualTo(notification.mailbox());
        assertThat(held.api().get("/workspace").json()).isEqualTo(changed.json());

        hold();

        var told = next("mailbox.held");
        assertThat(told.path("id").asText()).isEqualTo(held.mailbox());
        assertThat(told.path("reason_code").asText()).isEqualTo("login_refused");
        var shown = held.api().get("/mailboxes/" + held.mailbox()).json();
        assertThat(told.path("state_since")).isEqualTo(shown.path("state_since"));
        assertThat(shown.path("reason_code").asText()).isEqualTo("login_refused");
        assertLeadsToThePage(told.path("reconnect_url").asText());

        var sent = next("email.sent");
        assertThat(sent.path("mailbox_id").asText()).isEqualTo(notification.mailbox());
        assertThat(sent.path("to").get(0).asText())
                .isEqualToIgnoringCase(TestEnvironment.ADMIN_EMAIL);
        assertThat(sent.path("tags").path("postrider").asText()).isEqualTo("mailbox_held");
        var email = held.get(sent.path("email_id").asText());
        assertThat(email.path("subject").asText()).contains("is-held@example.org can't send");
        var text = email.path("text").asText();
        assertThat(text).contains("535 5.7.8");
        assertLeadsToThePage(
                text.lines()
                        .filter(line -> line.startsWith(Api.publicUrl()))
                        .findFirst()
                        .orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'no-id'", "17", "'a4e90866-69f1-4862-85ac-9e9c0f149d2b'", "[]"})
    void onlyAMailboxOfTheWorkspaceWritesToOwners(String id) {
        assertProblem(change("{'notification_mailbox_id':" + id + "}"), 422, "invalid_input");
        assertThat(held.api().get("/workspace").json().has("notification_mailbox_id")).isFalse();
    }

    @Test
    void aLanguageThatIsNotThereIsRefused() {
        assertProblem(change("{'language':'xx'}"), 422, "invalid_input");
    }

    @Test
    void aNotificationMailboxThatIsRemovedIsNoneAnyMore() {
        try (var gone = new EmailApi("gone@example.org")) {
            assertThat(change("{'notification_mailbox_id':'" + gone.mailbox() + "'}").status())
                    .isEqualTo(200);
        }
        assertThat(held.api().get("/workspace").json().has("notification_mailbox_id")).isFalse();
    }

    private void hold() {
        var id = UUID.fromString(held.mailbox());
        var workspace = UUID.fromString(held.api().get("/workspace").json().path("id").asText());
        assertThat(
                        mailboxes.hold(
                                workspace,
                                id,
                                HoldReason.loginRefused(
                                        "The server refused the login: 535 5.7.8 no")))
                .isTrue();
        assertThat(mailboxes.hold(workspace, NewId.get(), HoldReason.loginRefused("no"))).isFalse();
    }

    private void assertLeadsToThePage(String url) {
        assertThat(url).startsWith(Api.publicUrl() + "/connect/");
        var page = Api.underTest().get(url);
        assertThat(page.status()).as(page.text()).isIn(200, 303);
    }

    /** The data of the next call of a type; others are passed over. */
    private JsonNode next(String type) throws InterruptedException {
        while (true) {
            var call = listener.next().json();
            if (call.path("type").asText().equals(type)) {
                return call.path("data");
            }
        }
    }

    private Api.Answer change(String body) {
        return held.api().patch("/workspace", json(body));
    }
}
