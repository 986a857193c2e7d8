package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.api.send.EmailApi;
import dev.postrider.flow.store.lane.Backlog;
import dev.postrider.mailbox.health.MailboxCounts;
import dev.postrider.postgres.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator's dashboard shows of the flow. */
@QuarkusTest
final class MetricsTest {
    private final MeterRegistry registry;
    private final Database database;

    MetricsTest(MeterRegistry registry, Database database) {
        this.registry = registry;
        this.database = database;
    }

    @Test
    void anEmailIsCountedOnItsWay() {
        var kept = counted("postrider.emails.submitted", "became", "kept");
        var attempts = attempts();
        var sent = counted("postrider.emails.finished", "state", "sent");

        try (var emails = new EmailApi("counted@example.com")) {
            // answered when its attempt is settled, which is when it is counted
            var answer =
                    emails.api()
                            .post(
                                    "/smtp/send-email",
                                    EmailApi.json(
                                            "{'to':'grace@example.org','subject':'Hi','message':'Hi.'}"));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }

        assertThat(counted("postrider.emails.submitted", "became", "kept")).isGreaterThan(kept);
        assertThat(attempts()).isGreaterThan(attempts);
        assertThat(counted("postrider.emails.finished", "state", "sent")).isGreaterThan(sent);
    }

    @Test
    void whatWaitsInTheDatabaseIsCounted() {
        try (var emails = new EmailApi("waits@example.com")) {
            emails.patch("/mailboxes/" + emails.mailbox(), "{\"state\": \"paused\"}");
            emails.kept(emails.email());

            var backlog = database.read(Backlog::read);

            assertThat(backlog.emails()).isPositive();
            assertThat(database.read(MailboxCounts::read).paused().get("sandbox")).isPositive();
        }
    }

    @Test
    void mailboxesThatDoNotSendAreCountedByTheirKind() {
        for (var kind : new String[] {"smtp", "sandbox"}) {
            assertThat(registry.get("postrider.mailboxes.held").tag("provider", kind).gauge())
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postrider.emails.waiting",
                "postrider.webhook.deliveries.waiting",
                "postrider.mailboxes.held",
                "postrider.mailboxes.paused",
                "postrider.mailboxes.expiring",
                "postrider.provider.apps.failing",
                "postrider.provider.secrets.ending",
                "postrider.lanes.unserved",
                "postrider.lanes.unserved.seconds"
            })
    void itIsShown(String name) {
        assertThat(registry.get(name).gauge().value()).isNotNegative();
    }

    private double counted(String name, String label, String value) {
        var counter = registry.find(name).tag(label, value).counter();
        return counter == null ? 0 : counter.count();
    }

    private long attempts() {
        var timer = registry.find("postrider.attempts").tag("outcome", "accepted").timer();
        return timer == null ? 0 : timer.count();
    }
}
