package dev.postrider.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Java takes for a time is not always one that a database or a UUID has. */
@QuarkusTest
final class IsoTimeTest {
    private static final List<String> NO_TIMES =
            List.of(
                    "+999999999-12-31T23:59:59Z",
                    "-999999999-01-01T00:00:00Z",
                    "+10000-01-01T00:00:00Z",
                    "-0001-01-01T00:00:00Z",
                    "2026-02-30T00:00:00Z",
                    "2026-12-24",
                    "");

    private final Users users;
    private final Database database;

    @Inject
    IsoTimeTest(Users users, Database database) {
        this.users = users;
        this.database = database;
    }

    @Test
    void isReadWithItsOffset() {
        assertThat(IsoTime.parse("2026-12-24T18:00:00+01:00"))
                .contains(Instant.parse("2026-12-24T17:00:00Z"));
        assertThat(IsoTime.parse("9999-12-31T23:59:59.999Z")).isPresent();
        assertThat(NO_TIMES).allMatch(text -> IsoTime.parse(text).isEmpty());
    }

    @Test
    void everyListRefusesTimesThatThereAreNot() {
        var acme = ConsoleTenant.named(database, users, "Acme");
        var webhook =
                acme.made(
                        "/webhooks",
                        "{\"endpoint\": \"http://127.0.0.1:9/\", \"events\": [\"mailbox.held\"]}");
        for (var list :
                List.of(
                        "/emails?created_after=",
                        "/emails?created_before=",
                        "/emails?subject=words&created_after=",
                        "/emails/counts?from=",
                        "/emails/counts?to=",
                        "/audit-log?created_after=",
                        "/audit-log.csv?created_before=",
                        "/webhooks/" + webhook + "/deliveries?created_after=")) {
            for (var text : NO_TIMES.subList(0, 5)) {
                var path = list + URLEncoder.encode(text, StandardCharsets.UTF_8);
                assertThat(acme.owner.get(path).status()).as(path).isEqualTo(422);
            }
        }
    }
}
