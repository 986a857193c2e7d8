package dev.postrider.flow.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.email.Attempt;
import dev.postrider.email.Content;
import dev.postrider.email.DueEmail;
import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.Lease;
import dev.postrider.email.OnUnknown;
import dev.postrider.email.Outcome;
import dev.postrider.email.Outcome.RecipientTurnedAway;
import dev.postrider.email.Recipient;
import dev.postrider.email.ServerReply;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.rig.FlowRig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What webhooks are told when an email is settled. */
@ExtendWith(TestDatabase.class)
final class AttemptEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofDays(3);
    private static final ServerReply TAKEN = new ServerReply(250, Optional.of("2.0.0"), "ok");
    private static final ServerReply LATER = new ServerReply(451, Optional.of("4.3.0"), "later");
    private static final ServerReply NOBODY =
            new ServerReply(550, Optional.of("5.1.1"), "no such user");

    private final Database database;
    private final UUID workspace = NewId.get();
    private final UUID mailbox = NewId.get();
    private final UUID webhook = NewId.get();

    AttemptEventsTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void connectAMailboxAndAWebhook() {
        run("truncate event, delivery, webhook");
        run("insert into workspace (id, name) values (:workspace, 'Test')");
        run(
                """
                insert into mailbox (workspace_id, id, address, provider, state)
                values (:workspace, :mailbox, 'ann@a.example', 'sandbox', 'active')
                """);
        run(
                """
                insert into lane (workspace_id, mailbox_id, epoch)
                values (:workspace, :mailbox, 1)
                """);
        run(
                """
                insert into webhook (workspace_id, id, endpoint, events, secret, status)
                values (:workspace, :webhook, 'https://a.example',
                        '{email.sent,email.delivery_delayed,email.bounced,email.failed}', '', 'enabled')
                """);
    }

    @Test
    void whatTheServerTookIsSent() {
        var email = settle(new Outcome.Accepted(TAKEN, List.of()), 0);
        assertThat(types()).containsExactly("email.sent");
        var data = data("email.sent");
        assertThat(data.path("email_id").asText()).isEqualTo(email.toString());
        assertThat(data.path("from").asText()).isEqualTo("ann@a.example");
        assertThat(data.path("to").toString()).isEqualTo("[\"bob@b.example\",\"carl@b.example\"]");
        assertThat(data.path("message_id").asText()).isEqualTo("<1@a.example>");
        assertThat(data.path("mailbox_id").asText()).isEqualTo(mailbox.toString());
        assertThat(Instant.parse(data.path("created_at").asText())).isBefore(Instant.now());
        assertThat(deliveries()).isOne();
    }

    @Test
    void aRefusalBouncesWithTheServersWords() {
        settle(new Outcome.Refused(NOBODY, List.of(), true), 0);
        assertThat(types()).containsExactly("email.bounced");
        var data = data("email.bounced");
        assertThat(data.path("bounce").path("type").asText()).isEqualTo("Permanent");
        assertThat(data.path("bounce").path("subType").asText()).isEqualTo("General");
        assertThat(data.path("bounce").path("message").asText()).contains("no such user");
        assertThat(data.path("bounce").path("diagnosticCode").get(0).asText())
                .isEqualTo("smtp; 550 5.1.1 no such user");
    }

    @Test
    void oneRefusedRecipientOfTwoIsBothSentAndBounced() {
        var bob = new RecipientTurnedAway(0, NOBODY, true);
        settle(new Outcome.Accepted(TAKEN, List.of(bob)), 0);
        assertThat(types()).containsExactlyInAnyOrder("email.sent", "email.bounced");
        assertThat(data("email.bounced").path("refused").toString())
                .isEqualTo("[\"bob@b.example\"]");
        assertThat(data("email.bounced").path("bounce").path("diagnosticCode")).hasSize(1);
        assertThat(data("email.bounced").path("bounce").path("message").asText())
                .isEqualTo("bob@b.example: 550 5.1.1 no such user");
        assertThat(data("email.bounced").path("reason").asText())
                .as("the refused one's, not the 250 of the others")
                .isEqualTo("bob@b.example: 550 5.1.1 no such user");
        assertThat(data("email.bounced").path("recipients").get(0).path("code").asInt())
                .isEqualTo(550);
    }

    @Test
    void onlyTheFirstDelayIsNews() {
        settle(new Outcome.Deferred(LATER, List.of()), 0);
        assertThat(data("email.delivery_delayed").path("reason").asText()).contains("451");
        settle(new Outcome.Deferred(LATER, List.of()), 1);
        assertThat(types()).containsExactly("email.delivery_delayed");
    }

    @Test
    void whatNobodyKnowsHasFailedWithItsReason() {
        settle(new Outcome.Unknown("No reply came."), 0);
        assertThat(data("email.failed").path("failed").path("reason").asText())
                .isEqualTo("No reply came.");
        assertThat(data("email.failed").path("state").asText()).isEqualTo("unknown");
    }

    @Test
    void whatIsGivenUpHasFailed() {
        settle(new Outcome.Unreachable("No route."), 7, Duration.ZERO);
        assertThat(types()).containsExactly("email.failed");
        assertThat(data("email.failed").path("failed").path("reason").asText())
                .isEqualTo("Given up. No route.");
    }

    @Test
    void itsTagsAreAnObject() {
        settle(new Outcome.Accepted(TAKEN, List.of()), 0);
        assertThat(data("email.sent").path("tags").toString()).isEqualTo("{\"invoice\":\"17\"}");
    }

    @Test
    void nothingIsWrittenThatNobodyWants() {
        run("update webhook set events = '{email.failed}'");
        settle(new Outcome.Accepted(TAKEN, List.of()), 0);
        run("update webhook set events = '{email.sent}', status = 'disabled'");
        settle(new Outcome.Accepted(TAKEN, List.of()), 0);
        run("insert into workspace (id, name) values (:mailbox, 'Another')");
        run("update webhook set status = 'enabled', workspace_id = :mailbox");
        settle(new Outcome.Accepted(TAKEN, List.of()), 0);
        assertThat(types()).isEmpty();
        assertThat(deliveries()).isZero();
    }

    @Test
    void anEventThatTwoWantIsOneEventWithTwoDeliveries() {
        run(
                """
                insert into webhook (workspace_id, id, endpoint, events, secret, status)
                values (:workspace, gen_random_uuid(), 'https://b.example', '{email.sent}', '',
                        'enabled')
                """);
        settle(new Outcome.Accepted(TAKEN, List.of()), 0);
        assertThat(types()).containsExactly("email.sent");
        assertThat(deliveries()).isEqualTo(2);
    }

    private UUID settle(Outcome outcome, int attemptsBefore) {
        return settle(outcome, attemptsBefore, PATIENCE);
    }

    private UUID settle(Outcome outcome, int attemptsBefore, Duration patience) {
        var key = new EmailKey(workspace, NewId.get());
        insert(key);
        var recipients =
                List.of(
                        new Recipient(0, Recipient.Kind.TO, "bob@b.example"),
                        new Recipient(1, Recipient.Kind.TO, "carl@b.example"));
        var lane = new LaneKey(workspace, mailbox);
        var now = Instant.now();
        var email =
                new DueEmail(
                        key,
                        lane,
                        "<1@a.example>",
                        "ann@a.example",
                        recipients,
                        false,
                        Content.of(new byte[0]),
                        false,
                        false,
                        attemptsBefore,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        OnUnknown.REPORT,
                        false,
                        now,
                        now.plus(patience));
        var attempt = new Attempt(email, 1, true, now, Optional.empty(), Optional.empty(), outcome);
        try (var settle = FlowRig.settle(database, new Wakeups(), "test")) {
            var _ =
                    settle.settle(new Lease(lane, 1), List.of(attempt))
                            .toCompletableFuture()
                            .join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return key.id();
    }

    private void insert(EmailKey key) {
        database.inTransaction(handle -> {
            handle.createUpdate(
                            """
                            insert into email (workspace_id, id, mailbox_id, message_id, sender,
                                subject, state, due_at, epoch, attempts, give_up_at, tags)
                            values (:workspace, :id, :mailbox, '<1@a.example>', 'ann@a.example',
                                'Hello', 'sending', now(), 1, 1, now() + interval '3 days',
                                '{"invoice": "17"}')
                            """)
                    .bind("workspace", workspace)
                    .bind("mailbox", mailbox)
                    .bind("id", key.id())
                    .execute();
            return handle.createUpdate(
                            """
                            insert into recipient (workspace_id, email_id, position, kind, address)
                            values (:workspace, :id, 0, 'to', 'bob@b.example'),
                                   (:workspace, :id, 1, 'to', 'carl@b.example')
                            """)
                    .bind("workspace", workspace)
                    .bind("id", key.id())
                    .execute();
        });
    }

    private void run(String statement) {
        database.inTransaction(handle ->
                handle.createUpdate(statement)
                        .configure(
                                SqlStatements.class,
                                statements -> statements.setUnusedBindingAllowed(true))
                        .bind("workspace", workspace)
                        .bind("mailbox", mailbox)
                        .bind("webhook", webhook)
                        .execute());
    }

    private List<String> types() {
        return database.read(handle ->
                handle.createQuery("select type from event order by id")
                        .mapTo(String.class)
                        .list());
    }

    private int deliveries() {
        return database.read(handle ->
                handle.createQuery("select count(*) from delivery").mapTo(Integer.class).one());
    }

    private JsonNode data(String type) {
        var text =
                database.read(handle ->
                        handle.createQuery("select data from event where type = :type")
                                .bind("type", type)
                                .map((row, _) -> row.getString("data"))
                                .one());
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
