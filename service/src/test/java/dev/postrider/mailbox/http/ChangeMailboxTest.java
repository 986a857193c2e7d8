package dev.postrider.mailbox.http;

import static dev.postrider.mailbox.http.MailboxApi.PASSWORD;
import static dev.postrider.mailbox.http.MailboxApi.assertFields;
import static dev.postrider.mailbox.http.MailboxApi.sandbox;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailbox.HoldReason;
import dev.postrider.mailbox.Mailboxes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one login is enough
final class ChangeMailboxTest {
    private final MailboxApi api;

    @Inject
    ChangeMailboxTest(Mailboxes mailboxes) {
        this.api = new MailboxApi(mailboxes);
    }

    @BeforeEach
    void removeAll() {
        api.removeAll();
    }

    @Test
    void aMailboxIsChangedFieldByField() {
        var mailbox = api.smtp();
        var renamed = api.patch(mailbox, "{\"display_name\": \"Ännchen\"}").json();
        assertThat(renamed.path("display_name").asText()).isEqualTo("Ännchen");
        assertThat(renamed.path("smtp")).isEqualTo(mailbox.path("smtp"));
        assertThat(api.patch(mailbox, "{}").json().path("display_name").asText())
                .isEqualTo("Ännchen");
        assertThat(api.patch(mailbox, "{\"display_name\": \"\"}").json().has("display_name"))
                .isFalse();
        assertFields(api.patch(mailbox, "{\"address\": \"b@example.org\"}"), "address");
        assertFields(api.patch(mailbox, "{\"provider\": \"sandbox\"}"), "provider");
        assertFields(api.patch(mailbox, "{\"state\": \"held\"}"), "state");
        assertFields(api.patch(mailbox, "{\"smtp\": {\"host\": \"10.0.0.1\"}}"), "smtp.password");
        assertFields(
                api.patch(mailbox, "{\"smtp\": {\"host\": \"10.0.0.1\", \"password\": \"p\"}}"),
                "smtp.host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'host': 'localhost'}",
                "{'port': 26}",
                "{'tls': 'none'}",
                "{'username': 'somebody'}"
            })
    void aStoredPasswordNeverGoesElsewhere(String smtp) {
        var mailbox = api.smtp();
        var body = "{\"smtp\": %s}".formatted(smtp.replace('\'', '"'));
        assertFields(api.patch(mailbox, body), "smtp.password");
        var withPassword = body.replace("}}", ", \"password\": \"%s\"}}".formatted(PASSWORD));
        assertThat(api.patch(mailbox, withPassword).status()).isEqualTo(200);
    }

    @Test
    void aNewPasswordReleasesAMailboxThatIsHeld() {
        var mailbox = api.smtp();
        var path = "/mailboxes/" + mailbox.path("id").asText();
        var found = api.find(mailbox);
        var loaded = api.mailboxes().load(found.workspaceId(), found.id()).orElseThrow();
        api.mailboxes()
                .hold(loaded, HoldReason.loginRefused("535 5.7.8: give the password again."));
        var held = api.get(path).json();
        assertThat(held.path("state").asText()).isEqualTo("held");
        assertThat(held.path("reason").asText()).startsWith("535 5.7.8");
        api.patch(mailbox, "{\"display_name\": \"Still held\"}");
        assertThat(api.get(path).json().path("state").asText()).isEqualTo("held");
        var changed = api.patch(mailbox, "{\"smtp\": {\"password\": \"new " + PASSWORD + "\"}}");
        assertThat(changed.json().path("state").asText()).isEqualTo("active");
        assertThat(changed.text()).doesNotContain(PASSWORD);
    }

    @Test
    void aMailboxIsPausedAndResumed() {
        var mailbox = api.smtp();
        var paused = api.patch(mailbox, "{\"state\": \"paused\"}").json();
        assertThat(paused.path("state").asText()).isEqualTo("paused");
        assertThat(paused.path("reason").asText()).isEqualTo("Paused by its user.");
        var still = api.patch(mailbox, "{\"smtp\": {\"password\": \"new\"}}").json();
        assertThat(still.path("state").asText()).isEqualTo("paused");
        var resumed = api.patch(mailbox, "{\"state\": \"active\"}").json();
        assertThat(resumed.path("state").asText()).isEqualTo("active");
        assertThat(resumed.has("reason")).isFalse();
    }

    @Test
    void aSandboxHasNoServer() {
        var mailbox = api.connect(sandbox("a@example.org")).json();
        assertThat(mailbox.has("smtp")).isFalse();
        assertFields(api.patch(mailbox, "{\"smtp\": {\"password\": \"p\"}}"), "smtp");
    }
}
