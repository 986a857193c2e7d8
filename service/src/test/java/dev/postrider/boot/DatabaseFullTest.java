package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.api.send.EmailApi;
import dev.postrider.http.Api.Answer;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers hear when the database's disk is full: it answers so for what is named in it. */
@QuarkusTest
final class DatabaseFullTest {
    private static final String FULL = "disk is full";

    private final Database database;
    private EmailApi emails;

    DatabaseFullTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void fill() {
        emails = new EmailApi("full@example.org");
        run(
                """
                create function fill() returns trigger language plpgsql as $$
                begin
                    raise exception 'could not extend file' using errcode = '53100';
                end $$
                """);
        run(
                """
                create trigger fill before insert on email for each row
                when (new.subject = 'disk is full') execute function fill()
                """);
        run(
                """
                create trigger fill before insert on api_key for each row
                when (new.name = 'disk is full') execute function fill()
                """);
    }

    @AfterEach
    void makeRoom() {
        run("drop function fill cascade");
        emails.close();
    }

    @Test
    void nothingIsKeptAndTheOperatorIsToldToMakeRoom() {
        var email = emails.email("'to':'g@example.org','text':'t',").replace("Hello", FULL);
        unavailable(emails.post(email));
        unavailable(emails.api().post("/emails/batch", "[" + email + "]"));
        unavailable(
                emails.api()
                        .post(
                                "/smtp/send-email",
                                EmailApi.json(
                                        "{'to':'g@example.org','subject':'%s','message':'t'}"
                                                .formatted(FULL))));
        unavailable(emails.api().post("/api-keys", EmailApi.json("{'name':'%s'}".formatted(FULL))));
        assertThat(emails.post(emails.email()).status()).isEqualTo(200);
    }

    private static void unavailable(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.json().path("code").asText()).isEqualTo("unavailable");
        assertThat(answer.json().path("detail").asText()).contains("disk is full", "operator");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    private void run(String statement) {
        database.read(handle -> handle.execute(statement));
    }
}
