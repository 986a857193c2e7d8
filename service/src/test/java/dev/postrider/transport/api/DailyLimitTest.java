package dev.postrider.transport.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.event.EventType;
import dev.postrider.mailbox.notify.ToldEvents;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.http.Fault;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.transport.gmail.GmailKind;
import dev.postrider.transport.graph.GraphKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A day's limit of a provider: the mailbox rests as long as it takes, and is told of once. */
@ExtendWith(TestDatabase.class)
@Timeout(60)
final class DailyLimitTest {
    private final Database database;

    DailyLimitTest(Database database) {
        this.database = database;
    }

    /**
     * In the words of its answer alone, and often too early: so the rest is longer than it says.
     */
    @Test
    void gmailNamesTheTime() throws Exception {
        var until = Instant.now().plus(Duration.ofHours(5)).truncatedTo(ChronoUnit.SECONDS);
        try (var google = FakeGoogle.start();
                var rig =
                        new ApiRig(
                                database,
                                "gmail",
                                google.base(),
                                new TestTokens(_ -> "any", Set.of("gmail.send")),
                                ApiRig.client(),
                                GmailKind::new)) {
            var body = Json.object();
            body.putObject("error")
                    .put("code", 429)
                    .put("status", "RESOURCE_EXHAUSTED")
                    .put(
                            "message",
                            "User-rate limit exceeded.  Retry after " + until + " (Mail sending)");
            google.faults().always(GoogleEndpoint.SEND, Fault.answer(Response.json(429, body)));

            isToldOnce(rig, until, until.plus(Duration.ofHours(1)));
            assertThat(google.accepted().total()).isZero();
        }
    }

    @Test
    void microsoftNamesNone() throws Exception {
        try (var microsoft = FakeMicrosoft.start();
                var rig =
                        new ApiRig(
                                database,
                                "microsoft",
                                microsoft.base(),
                                new TestTokens(_ -> "any", Set.of("mail.send")),
                                ApiRig.client(),
                                GraphKind::new)) {
            var body = Json.object();
            body.putObject("error")
                    .put("code", "ErrorExceededMessageLimit")
                    .put("message", "Daily Message/Recipient limit exceeded.");
            microsoft
                    .faults()
                    .always(MicrosoftEndpoint.SEND_MAIL, Fault.answer(Response.json(403, body)));

            var hour = Instant.now().plus(Duration.ofMinutes(59));
            isToldOnce(rig, hour, hour.plus(Duration.ofMinutes(5)));
            assertThat(microsoft.accepted().total()).isZero();
        }
    }

    /** Nothing is tried meanwhile; whoever tries behind its back is told the same, for longer. */
    private void isToldOnce(ApiRig rig, Instant earliest, Instant latest) throws Exception {
        var told = ToldEvents.of(database, rig.lane.workspaceId(), EventType.MAILBOX_LIMIT_REACHED);
        var email = rig.flow.send(rig.lane);
        var first = rig.rest();

        assertThat(rig.flow.lanes().state(email)).isEqualTo("queued");
        assertThat(Instant.now().plus(first)).isBetween(earliest, latest);
        assertThat(told.types()).containsExactly("mailbox.limit_reached");
        assertThat(told.last().path("limit").asText()).isEqualTo("provider");
        assertThat(Instant.parse(told.last().path("until").asText())).isBetween(earliest, latest);
        assertThat(rig.flow.mailbox(rig.lane)).containsEntry("state", "active");

        again(rig, email);
        assertThat(rig.flow.lanes().attempts(email)).containsExactly("1 throttled", "2 throttled");
        assertThat(rig.rest()).isGreaterThan(first);
        assertThat(told.types()).as("no news").hasSize(1);
    }

    private static void again(ApiRig rig, EmailKey email) throws InterruptedException {
        rig.flow.settledAfter(email, () -> rig.flow.lanes().again(rig.lane, email));
    }
}
