package dev.postrider.door.api.change;

import static dev.postrider.door.api.send.EmailApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.api.send.EmailApi;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers do to an email is told to webhooks, exactly when it is done. */
@QuarkusTest
class ChangesAreToldTest {
    @Inject Database database;

    private EmailApi emails;
    private String webhook;

    @BeforeEach
    void connect() {
        emails = new EmailApi("told@example.org");
        var made =
                emails.api()
                        .post(
                                "/webhooks",
                                json(
                                        "{'endpoint':'http://127.0.0.1:9/told','events':"
                                                + "['email.scheduled','email.canceled','email.failed','email.retried']}"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        webhook = made.json().path("id").asText();
    }

    @AfterEach
    void disconnect() {
        emails.close();
        emails.api().delete("/webhooks/" + webhook);
    }

    @Test
    void aTimeThatIsChosenAndOneThatIsChangedAreTold() {
        var first = Instant.now().plus(Duration.ofDays(10)).truncatedTo(ChronoUnit.SECONDS);
        var second = first.plus(Duration.ofDays(30));
        var id = scheduled(first.toString());
        assertThat(emails.patch("/emails/" + id, at(second)).status()).isEqualTo(200);

        assertThat(told(id))
                .extracting(event -> Instant.parse(event.path("scheduled_at").asText()))
                .containsExactly(first, second);
        var data = told(id).getLast();
        assertThat(data.path("type").asText()).isEqualTo("email.scheduled");
        assertThat(data.path("state").asText()).isEqualTo("scheduled");
        assertThat(data.path("from").asText()).isEqualTo("Ada <told@example.org>");
        assertThat(data.path("tags").toString()).isEqualTo(json("{'invoice':'17'}"));
    }

    @Test
    void whatIsSentAtOnceWasNeverScheduled() {
        var id = emails.kept(emails.email());
        emails.sent(id);

        assertThat(told(id)).isEmpty();
    }

    @Test
    void aCanceledEmailIsToldOnce() {
        var id = scheduled("in 2 hours");
        assertThat(emails.api().post("/emails/" + id + "/cancel", "").status()).isEqualTo(200);
        assertThat(emails.api().post("/emails/" + id + "/cancel", "").status()).isEqualTo(409);

        assertThat(types(id)).containsExactly("email.scheduled", "email.canceled");
        assertThat(told(id).getLast().path("state").asText()).isEqualTo("canceled");
        assertThat(told(id).getLast().path("reason").asText()).isEqualTo("Canceled.");
    }

    /** It waits for its resend: whoever canceled it, and whoever listens, is told of the doubt. */
    @Test
    void oneThatMayHaveBeenSentIsNeverCalledCanceled() {
        var id = scheduled("in 2 hours");
        database.read(handle ->
                handle.execute(
                        "update email set state = 'queued', resends = 1 where id = ?",
                        UUID.fromString(id)));

        var answer = emails.api().post("/emails/" + id + "/cancel", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("state").asText()).isEqualTo("unknown");
        assertThat(answer.json().path("reason").asText()).contains("may have been sent");
        assertThat(emails.get(id).path("state").asText()).isEqualTo("unknown");
        assertThat(emails.get(id).path("last_event").asText()).isEqualTo("failed");
        assertThat(types(id)).containsExactly("email.scheduled", "email.failed");
        assertThat(told(id).getLast().path("state").asText()).isEqualTo("unknown");
        assertThat(told(id).getLast().path("reason").asText()).contains("may have been sent");
    }

    @Test
    void mailThatIsCanceledWithItsMailboxIsTold() {
        String id;
        try (var gone = new EmailApi("told-gone@example.org")) {
            id =
                    gone.kept(
                            gone.email(
                                    "'to':'a@b.example','text':'t','scheduled_at':'in 2 hours',"));
        }

        assertThat(types(id)).containsExactly("email.scheduled", "email.canceled");
        assertThat(told(id).getLast().path("reason").asText())
                .isEqualTo("Its mailbox was removed.");
    }

    @Test
    void aRetryIsToldUnlessItIsTooLate() {
        var id = emails.kept(emails.email());
        emails.sent(id);
        assertThat(emails.api().post("/emails/" + id + "/retry", "").status()).isEqualTo(409);
        assertThat(told(id)).isEmpty();
        endBadly(id);

        assertThat(emails.api().post("/emails/" + id + "/retry", "").status()).isEqualTo(200);

        assertThat(types(id)).containsExactly("email.retried");
        emails.sent(id);
    }

    private String scheduled(String time) {
        return emails.kept(
                json(
                        "{'from':'Ada <told@example.org>','to':'a@b.example','subject':'s','text':'t',"
                                + "'tags':[{'name':'invoice','value':'17'}],'scheduled_at':'"
                                + time
                                + "'}"));
    }

    private static String at(Instant time) {
        return json("{'scheduled_at':'" + time + "'}");
    }

    private void endBadly(String id) {
        database.read(handle -> {
            handle.execute("update email set state = 'failed' where id = ?", UUID.fromString(id));
            return handle.execute(
                    "update recipient set state = 'open' where email_id = ?", UUID.fromString(id));
        });
    }

    private List<String> types(String id) {
        return told(id).stream().map(event -> event.path("type").asText()).toList();
    }

    /** The data of each event of an email, in order, with its type. */
    private List<JsonNode> told(String id) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select data || jsonb_build_object('type', type) as data
                                from event
                                where data ->> 'email_id' = :id
                                order by created_at
                                """)
                        .bind("id", id)
                        .map((row, _) -> EmailApi.tree(row.getString("data")))
                        .list());
    }
}
