package dev.postrider.flow.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.event.EventType;
import dev.postrider.event.Outbox;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.vault.TestVault;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What lets somebody in (a reconnect link) is in the call, and nowhere else in the clear. */
@ExtendWith(TestDatabase.class)
final class SealedMembersTest {
    private static final String LINK = "https://mail.example.org/connect/cl_secret-of-this-link";

    private final Database database;
    private final WebhookRig rig;

    SealedMembersTest(Database database) {
        this.database = database;
        this.rig = new WebhookRig(database);
    }

    @AfterEach
    void hangUp() {
        rig.close();
    }

    @Test
    void theyAreSealedInTheDatabaseAndTheSameInEachAttempt() throws InterruptedException {
        var event = happens();
        assertThat(stored(event)).doesNotContain("secret-of-this-link").contains("\"kept\"");

        rig.listener.answers(500);
        rig.serve();
        var first = rig.listener.next();
        rig.listener.answers(200);
        rig.outbox.passes(Duration.ofSeconds(7));
        rig.serve();
        var second = rig.listener.next();

        assertThat(first.json().path("data").path("reconnect_url").asText()).isEqualTo(LINK);
        assertThat(first.json().path("data").path("kept").asText()).isEqualTo("yes");
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void anEventsSecretIsSealedForNoOther() throws InterruptedException {
        var event = happens();
        database.inTransaction(handle ->
                handle.createUpdate("update event set secret = :foreign where id = :id")
                        .bind("foreign", TestVault.of(database).seal("{}", NewId.get()))
                        .bind("id", event)
                        .execute());

        rig.serve();

        assertThat(rig.listener.next().json().path("data").fieldNames())
                .toIterable()
                .containsExactly("kept");
    }

    private UUID happens() {
        var id = NewId.get();
        var secret = JsonNodeFactory.instance.objectNode().put("reconnect_url", LINK).toString();
        database.inTransaction(handle -> {
            Outbox.insert(
                    handle,
                    new Outbox.Event(
                            rig.outbox.workspaceId(),
                            id,
                            EventType.EMAIL_SENT,
                            JsonNodeFactory.instance.objectNode().put("kept", "yes"),
                            Optional.of(TestVault.of(database).seal(secret, id))));
            return true;
        });
        return id;
    }

    /** All of its row. */
    private String stored(UUID event) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                select cast(event as text) || encode(event.secret, 'escape')
                                from event
                                where id = :id
                                """)
                        .bind("id", event)
                        .mapTo(String.class)
                        .one());
    }
}
