package dev.postrider.door.api.attachment;

import static dev.postrider.http.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.boot.CapturedLog;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.door.api.send.EmailApi;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A download_url opens without a token, for whoever has it, for an hour. */
@QuarkusTest
class DownloadsTest {
    private static final Api ANYONE = Api.underTest();

    @Inject Database database;

    private EmailApi emails;
    private String id;

    @BeforeEach
    void keepAnEmail() {
        emails = new EmailApi("downloads@example.org");
        id =
                emails.kept(
                        emails.email(
                                "'to':'g@example.org','text':'t','scheduled_at':'in 2 hours',"
                                        + "'attachments':[{'filename':'請求 \\u202e.html',"
                                        + "'content':'PHNjcmlwdD4=','content_type':'text/html'}],"));
    }

    @AfterEach
    void disconnect() {
        emails.close();
    }

    @Test
    void itOpensWithoutATokenAndRunsNowhere() {
        var answer = ANYONE.get(path(attachment()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("<script>");
        assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(answer.header("Content-Disposition"))
                .startsWith("attachment; filename*=UTF-8''%E8%AB%8B%E6%B1%82")
                .endsWith(".html");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Content-Security-Policy")).startsWith("sandbox");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void itEndsWithinTheHour() {
        var expires = Instant.parse(attachment().path("expires_at").asText());

        assertThat(Duration.between(Instant.now(), expires))
                .isBetween(Duration.ofMinutes(58), Duration.ofHours(1));
    }

    @Test
    void aChangedOrInventedTicketOpensNothing() {
        var path = path(attachment());
        var middle = path.length() - 40;
        var other = path.charAt(middle) == 'A' ? 'B' : 'A';

        refused(ANYONE.get(path.substring(0, middle) + other + path.substring(middle + 1)));
        refused(ANYONE.get(path.substring(0, path.length() - 4)));
        refused(ANYONE.get(Downloads.PATH + "?ticket=" + "A".repeat(280)));
        refused(ANYONE.get(Downloads.PATH + "?ticket=%00%25%0d%0a"));
        refused(ANYONE.get(Downloads.PATH + "?ticket=" + "A".repeat(2_000)));
        refused(ANYONE.get(Downloads.PATH + "?ticket="));
        refused(ANYONE.get(Downloads.PATH));
    }

    @Test
    void itEndsWhenItsUserIsDeactivatedOrTheEmailIsGone() {
        var path = path(attachment());
        run("update user_account set deactivated_at = now() where lower(email) = ?");
        try {
            assertThat(ANYONE.get(path).status()).isEqualTo(404);
        } finally {
            run("update user_account set deactivated_at = null where lower(email) = ?");
        }
        assertThat(ANYONE.get(path).status()).isEqualTo(200);
        emails.api().post("/emails/" + id + "/cancel", "");
        database.read(handle ->
                handle.execute(
                        "delete from email_content where email_id = ?", UUID.fromString(id)));
        assertThat(ANYONE.get(path).status()).isEqualTo(404);
        for (var gone : List.of("/raw", "/attachments")) {
            var answer = emails.api().get("/emails/" + id + gone);
            assertThat(answer.status()).as(answer.text()).isEqualTo(404);
            assertThat(answer.json().path("detail").asText()).contains("no longer kept");
        }
    }

    @Test
    void theTicketIsNotLogged() {
        try (var log = CapturedLog.start()) {
            var path = path(attachment());
            assertThat(ANYONE.get(path).status()).isEqualTo(200);
            assertThat(String.join(" ", log.lines()))
                    .contains(Downloads.PATH)
                    .doesNotContain(path.substring(path.indexOf('=') + 1));
        }
    }

    private void run(String statement) {
        var admin = TestEnvironment.ADMIN_EMAIL.toLowerCase(Locale.ROOT);
        database.read(handle -> handle.execute(statement, admin));
    }

    private static void refused(Answer answer) {
        assertProblem(answer, 403, "forbidden");
    }

    private JsonNode attachment() {
        var list = emails.api().get("/emails/" + id + "/attachments").json().path("data");
        assertThat(list).hasSize(1);
        return list.get(0);
    }

    /** Of the URL, as it stands in the answer. */
    private static String path(JsonNode attachment) {
        var url = URI.create(attachment.path("download_url").asText());
        return url.getRawPath() + "?" + url.getRawQuery();
    }
}
