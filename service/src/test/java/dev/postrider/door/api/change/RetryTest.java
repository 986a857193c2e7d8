package dev.postrider.door.api.change;

import static dev.postrider.door.api.send.EmailApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.api.send.EmailApi;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An email that came to a bad end is tried again, for those who haven't got it. */
@QuarkusTest
class RetryTest {
    @Inject Database database;

    private EmailApi emails;

    @BeforeEach
    void connect() {
        emails = new EmailApi("retry@example.org");
    }

    @AfterEach
    void disconnect() {
        emails.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused", "failed", "unknown"})
    void itGoesToThoseWhoHaveNotGotIt(String end) {
        var id = emails.kept(emails.email("'to':['a@example.org','b@example.org'],'text':'t',"));
        emails.sent(id);
        endBadly(id, end);

        var answer = emails.api().post("/emails/" + id + "/retry", "");

        assertThat(answer.text()).isEqualTo(json("{'object':'email','id':'" + id + "'}"));
        var email = emails.sent(id);
        assertThat(email.path("attempts")).hasSize(2);
        assertThat(email.path("recipients"))
                .extracting(each -> each.path("state").asText())
                .containsOnly("accepted");
        var kept = emails.api().get("/mailboxes/" + emails.mailbox() + "/sandbox").json();
        assertThat(kept.path("data").get(0).path("to").toString())
                .isEqualTo(json("['b@example.org']"));
    }

    @Test
    void anEmailWhoseMailboxIsGoneStaysAsItIs() {
        String id;
        try (var gone = new EmailApi("gone-retry@example.org")) {
            id = gone.kept(gone.email());
            gone.sent(id);
            endBadly(id, "failed");
        }

        var answer = emails.api().post("/emails/" + id + "/retry", "");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(emails.get(id).path("state").asText()).isEqualTo("failed");
    }

    /** As if only the first of several recipients had got it, or the only one had not. */
    private void endBadly(String id, String state) {
        database.read(handle -> {
            handle.execute("update email set state = ? where id = ?", state, UUID.fromString(id));
            return handle.execute(
                    """
                    update recipient
                    set state = 'unknown'
                    where email_id = ?
                      and position = (select max(position) from recipient where email_id = ?)
                    """,
                    UUID.fromString(id),
                    UUID.fromString(id));
        });
    }
}
