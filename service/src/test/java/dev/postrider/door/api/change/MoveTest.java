package dev.postrider.door.api.change;

import static dev.postrider.door.api.send.EmailApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.api.send.EmailApi;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An email that its sender moves is dated to the time it is moved to, if its Date is ours. */
@QuarkusTest
class MoveTest {
    @Inject Database database;

    private EmailApi emails;

    /** Days of one digit and of two make lines of different lengths. */
    private final OffsetDateTime ninth = day(9);

    private final OffsetDateTime twentieth = day(20);

    @BeforeEach
    void connect() {
        emails = new EmailApi("moved@example.org");
    }

    @AfterEach
    void disconnect() {
        emails.close();
    }

    @Test
    void itsDateMovesAlongAndNothingElse() {
        var id =
                emails.kept(
                        emails.email(
                                "'to':'g@example.org','text':'Grüße','scheduled_at':'"
                                        + ninth
                                        + "',"));
        var before = emails.raw(id);
        assertThat(date(before)).isEqualTo(ninth);

        assertThat(move(id, twentieth)).isEqualTo(200);

        var after = emails.raw(id);
        assertThat(date(after)).isEqualTo(twentieth);
        assertThat(behindTheDate(after)).isEqualTo(behindTheDate(before));
        assertThat(octets(id)).isEqualTo(after.getBytes(UTF_8).length);
        assertThat(move(id, ninth)).isEqualTo(200);
        assertThat(emails.raw(id)).isEqualTo(before);
        assertThat(octets(id)).isEqualTo(before.getBytes(UTF_8).length);
    }

    @Test
    void movedIntoThePastItIsDatedNow() {
        var id =
                emails.kept(
                        emails.email(
                                "'to':'g@example.org','text':'t','scheduled_at':'" + ninth + "',"));

        assertThat(move(id, OffsetDateTime.parse("2001-02-03T04:05:06Z"))).isEqualTo(200);

        emails.sent(id);
        assertThat(Duration.between(date(emails.raw(id)).toInstant(), Instant.now()))
                .isBetween(Duration.ofSeconds(-1), Duration.ofMinutes(1));
        var kept = emails.api().get("/mailboxes/" + emails.mailbox() + "/sandbox").json();
        var sandbox =
                "/mailboxes/"
                        + emails.mailbox()
                        + "/sandbox/"
                        + kept.path("data").get(0).path("id").asText();
        assertThat(emails.api().get(sandbox).text())
                .as("what was sent")
                .contains(emails.raw(id).lines().findFirst().orElseThrow());
    }

    @Test
    void aCallersOwnBytesStay() {
        var message =
                "Date: %s\r\nFrom: moved@example.org\r\nTo: g@example.org\r\n\r\nt\r\n"
                        .formatted(ninth.format(DateTimeFormatter.RFC_1123_DATE_TIME));
        var id = raw(message);
        var before = emails.raw(id);

        assertThat(move(id, twentieth)).isEqualTo(200);

        assertThat(emails.raw(id)).isEqualTo(before).contains(message);
    }

    @Test
    void aDateThatTheCallersBytesLackedMoves() {
        var id = raw("From: moved@example.org\r\nTo: g@example.org\r\n\r\nt\r\n");
        assertThat(date(emails.raw(id))).isEqualTo(ninth);

        assertThat(move(id, twentieth)).isEqualTo(200);

        assertThat(date(emails.raw(id))).isEqualTo(twentieth);
    }

    private String raw(String message) {
        var octets = Base64.getEncoder().encodeToString(message.getBytes(UTF_8));
        var answer =
                emails.api()
                        .post(
                                "/emails/raw",
                                json("{'raw':'" + octets + "','scheduled_at':'" + ninth + "'}"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("id").asText();
    }

    private int move(String id, OffsetDateTime time) {
        return emails.patch("/emails/" + id, json("{'scheduled_at':'" + time + "'}")).status();
    }

    private static OffsetDateTime day(int day) {
        return OffsetDateTime.now(ZoneOffset.UTC)
                .plusMonths(2)
                .withDayOfMonth(day)
                .with(LocalTime.of(18, 30, 5));
    }

    private static OffsetDateTime date(String message) {
        var line = message.lines().findFirst().orElseThrow();
        assertThat(line).startsWith("Date: ");
        return OffsetDateTime.parse(
                line.substring("Date: ".length()), DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    private static String behindTheDate(String message) {
        return message.substring(message.indexOf("\r\n"));
    }

    private int octets(String id) {
        return database.read(handle ->
                handle.createQuery("select octets from email where id = :id")
                        .bind("id", UUID.fromString(id))
                        .mapTo(Integer.class)
                        .one());
    }
}
