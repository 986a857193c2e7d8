package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.api.send.EmailApi;
import dev.postrider.http.Api.Answer;
import dev.postrider.postgres.Database;
import dev.postrider.rig.Parallel;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.Callable;
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
    void nothingIsKeptAndTheOperatorIsToldToMakeRoom() throws Exception {
        var email = emails.email("'to':'g@example.org','text':'t',").replace("Hello", FULL);
        var message = "{'to':'g@example.org','subject':'%s','message':'t'}".formatted(FULL);
        var key = "{'name':'%s'}".formatted(FULL);
        // at once, for each is tried again for seconds
        Parallel.all(
                        List.<Callable<Answer>>of(
                                () -> emails.post(email),
                                () -> emails.api().post("/emails/batch", "[" + email + "]"),
                                () -> emails.api().post("/smtp/send-email", EmailApi.json(message)),
                                () -> emails.api().post("/api-keys", EmailApi.json(key))))
                .forEach(DatabaseFullTest::unavailable);
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
