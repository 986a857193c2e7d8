package dev.postrider.door.api.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.api.send.EmailApi;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API says of an email that waits what for, alone and in the list. */
@QuarkusTest
class WhyItWaitsTest {
    @Inject Database database;

    private EmailApi emails;

    @BeforeEach
    void connect() {
        emails = new EmailApi("waits@example.org");
    }

    @AfterEach
    void disconnect() {
        mailbox("state = 'active', reason = null, reason_code = null");
        lane("rests_until = null, failures = 0");
        emails.close();
    }

    @Test
    void aScheduledOneWaitsForItsTime() {
        var email =
                shown(
                        emails.kept(
                                emails.email(
                                        "'to':'a@b.example','text':'t','scheduled_at':'in 2 hours',")));

        assertThat(email.path("waiting").path("for").asText()).isEqualTo("time");
        assertThat(email.path("waiting").path("until").asText())
                .isEqualTo(email.path("scheduled_at").asText());
    }

    @Test
    void aHeldMailboxSaysWhy() {
        mailbox(
                "state = 'held', reason = 'The server refused the login.', reason_code = 'login_refused'");

        var waiting = shown(emails.kept(emails.email())).path("waiting");

        assertThat(waiting.path("for").asText()).isEqualTo("mailbox");
        assertThat(waiting.path("until").isNull()).isTrue();
        assertThat(waiting.path("detail").asText())
                .isEqualTo("Its mailbox is held: The server refused the login.");
    }

    @Test
    void aQueueThatRestsSaysUntilWhen() {
        lane("rests_until = '2126-11-22T12:00:00Z', failures = 0");
        var id = emails.kept(emails.email());
        assertThat(shown(id).path("waiting").path("for").asText()).isEqualTo("limit");
        assertThat(shown(id).path("waiting").path("until").asText())
                .isEqualTo("2126-11-22T12:00:00Z");

        lane("failures = 3");
        assertThat(shown(id).path("waiting").path("for").asText()).isEqualTo("server");
    }

    @Test
    void whatIsSentWaitsForNothing() {
        var email = emails.sent(emails.kept(emails.email()));

        assertThat(email.has("waiting")).isTrue();
        assertThat(email.path("waiting").isNull()).isTrue();
    }

    /** By its own operation, which must say the same as the list. */
    private JsonNode shown(String id) {
        var email = emails.get(id);
        var listed = emails.api().get("/emails?mailbox_id=" + emails.mailbox()).json().path("data");
        assertThat(listed.get(0).path("id").asText()).isEqualTo(id);
        assertThat(listed.get(0).path("waiting")).isEqualTo(email.path("waiting"));
        return email;
    }

    private void mailbox(String change) {
        run("update mailbox set updated_at = now(), " + change + " where id = ?");
    }

    private void lane(String change) {
        run("update lane set " + change + " where mailbox_id = ?");
    }

    private void run(String statement) {
        database.read(handle -> handle.execute(statement, UUID.fromString(emails.mailbox())));
    }
}
