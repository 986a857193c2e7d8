package dev.postrider.door.api.track;

import static dev.postrider.door.api.send.EmailApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.door.api.send.EmailApi;
import dev.postrider.http.Api;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An email says who has retried, rescheduled, moved and canceled it, with which key. */
@QuarkusTest
class WhoChangedItTest {
    @Inject Database database;

    private EmailApi emails;

    @BeforeEach
    void connect() {
        emails = new EmailApi("changed@example.org");
    }

    @AfterEach
    void disconnect() {
        emails.close();
    }

    @Test
    void eachChangeSaysWhoItWasAndWhatItChanged() {
        var id = scheduled();
        assertThat(emails.get(id).path("changes")).isEmpty();
        try (var other = new EmailApi("elsewhere@example.org")) {
            alias(other.mailbox());

            assertThat(emails.patch(at(id), json("{'scheduled_at':'in 2 days'}")).status())
                    .isEqualTo(200);
            assertThat(emails.patch(at(id), mailbox(other)).status()).isEqualTo(200);
            assertThat(emails.api().post(at(id) + "/cancel", "").status()).isEqualTo(200);

            var email = emails.get(id);
            var changes = email.path("changes");
            assertThat(texts(changes, "change"))
                    .containsExactly("rescheduled", "moved", "canceled");
            assertThat(texts(changes, "user")).containsOnly(TestEnvironment.ADMIN_EMAIL);
            assertThat(texts(changes, "api_key_id")).containsOnly("null");
            var rescheduled = changes.get(0);
            assertThat(rescheduled.path("scheduled_at")).isEqualTo(email.path("scheduled_at"));
            var moved = changes.get(1);
            assertThat(moved.path("from_mailbox_id").asText()).isEqualTo(emails.mailbox());
            assertThat(moved.path("from_mailbox").asText()).isEqualTo("changed@example.org");
            assertThat(moved.path("to_mailbox_id").asText()).isEqualTo(other.mailbox());
            assertThat(moved.path("to_mailbox").asText()).isEqualTo("elsewhere@example.org");
        }
    }

    @Test
    void oneByAKeySaysWhich() {
        var id = failed();
        var made = emails.api().post("/api-keys", json("{'name':'night shift'}")).json();

        var answer = Api.underTest().with(made.path("token").asText()).post(at(id) + "/retry", "");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var change = emails.get(id).path("changes").get(0);
        assertThat(change.path("change").asText()).isEqualTo("retried");
        assertThat(change.path("api_key_id")).isEqualTo(made.path("id"));
        assertThat(change.path("api_key").asText()).isEqualTo("night shift");
    }

    @Test
    void manyAtOnceAreToldByEach() {
        var one = scheduled();
        var two = scheduled();

        emails.api().post("/emails/cancel", json("{'ids':['%s','%s']}".formatted(one, two)));

        for (var id : List.of(one, two)) {
            assertThat(texts(emails.get(id).path("changes"), "change")).containsExactly("canceled");
        }
    }

    @Test
    void whatWasNotDoneIsNotTold() {
        var id = emails.kept(emails.email());
        emails.sent(id);

        assertThat(emails.api().post(at(id) + "/retry", "").status()).isEqualTo(409);
        assertThat(emails.api().post(at(id) + "/cancel", "").status()).isEqualTo(409);
        assertThat(emails.patch(at(id), json("{'scheduled_at':'in 2 days'}")).status())
                .isEqualTo(409);
        try (var other = new EmailApi("elsewhere@example.org")) {
            assertThat(emails.patch(at(id), mailbox(other)).status()).isEqualTo(409);
        }

        assertThat(emails.get(id).path("changes")).isEmpty();
    }

    private String scheduled() {
        return emails.kept(
                emails.email("'to':'g@example.org','text':'t','scheduled_at':'in 1 day',"));
    }

    private String failed() {
        var id = emails.kept(emails.email());
        emails.sent(id);
        database.read(handle -> {
            handle.execute("update email set state = 'failed' where id = ?", UUID.fromString(id));
            return handle.execute(
                    "update recipient set state = 'open' where email_id = ?", UUID.fromString(id));
        });
        return id;
    }

    private void alias(String mailbox) {
        database.read(handle ->
                handle.execute(
                        "update mailbox set aliases = array['changed@example.org'] where id = ?",
                        UUID.fromString(mailbox)));
    }

    private static String at(String id) {
        return "/emails/" + id;
    }

    private static String mailbox(EmailApi to) {
        return json("{'mailbox_id':'" + to.mailbox() + "'}");
    }

    private static List<String> texts(JsonNode changes, String name) {
        return changes.valueStream().map(each -> each.path(name).asText()).toList();
    }
}
