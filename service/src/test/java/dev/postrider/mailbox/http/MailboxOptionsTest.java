package dev.postrider.mailbox.http;

import static dev.postrider.mailbox.http.MailboxApi.assertFields;
import static dev.postrider.mailbox.http.MailboxApi.sandbox;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How mailboxes are used: defaults, aliases, limits and what is sent so far. */
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one login is enough
final class MailboxOptionsTest {
    private final MailboxApi api;
    private final Database database;

    @Inject
    MailboxOptionsTest(Mailboxes mailboxes, Database database) {
        this.api = new MailboxApi(mailboxes);
        this.database = database;
    }

    @BeforeEach
    void removeAll() {
        api.removeAll();
    }

    @Test
    void theDefaultIsWhatItsUserSaysOrElseTheOldestWithAServer() {
        var sandbox = connect("a@example.org", "");
        assertThat(defaultAddress(sandbox)).isEqualTo("a@example.org");
        var second = connect("b@example.org", ", \"default\": true");
        assertThat(second.path("default").asBoolean()).isTrue();
        assertThat(defaultAddress(sandbox)).isEqualTo("b@example.org");

        var first = api.patch(sandbox, "{\"default\": true}").json();
        assertThat(first.path("default").asBoolean()).isTrue();
        assertThat(defaultAddress(sandbox)).isEqualTo("a@example.org");
        assertThat(look(second).path("default").asBoolean()).isFalse();

        api.patch(sandbox, "{\"default\": false}");
        assertThat(look(sandbox).path("default").asBoolean()).isFalse();
        assertThat(defaultAddress(sandbox)).isEqualTo("a@example.org");
    }

    @Test
    void aMailboxSendsAsItsAddressAndItsAliases() {
        var ann = connect("Ann@example.org", ", \"aliases\": [\"Sales@Example.org\"]");
        var sales = connect("sales@example.org", "");
        var box = api.find(ann);
        assertThat(sendingAs(box, "ann@EXAMPLE.org")).containsExactly(id(ann));
        assertThat(sendingAs(box, "sales@example.org")).containsExactly(id(sales));
        assertThat(sendingAs(box, "bob@example.org")).isEmpty();
        assertThat(ann.path("aliases")).hasSize(1);

        api.patch(ann, "{\"display_name\": \"Ann\"}");
        assertThat(look(ann).path("aliases").get(0).asText()).isEqualTo("sales@example.org");
        api.patch(ann, "{\"aliases\": []}");
        assertThat(sendingAs(box, "sales@example.org")).containsExactly(id(sales));
    }

    @Test
    void nobodyElsesMailboxSendsAsAnAddress() {
        var box = api.find(connect("ann@example.org", ""));
        var ann = caller(box.workspaceId(), box.userId().orElseThrow(), Role.MEMBER);
        var admin = caller(box.workspaceId(), UUID.randomUUID(), Role.ADMIN);
        var stranger = caller(box.workspaceId(), UUID.randomUUID(), Role.MEMBER);
        var elsewhere = caller(UUID.randomUUID(), ann.userId(), Role.OWNER);

        assertThat(api.mailboxes().sendingAs(ann, "ann@example.org")).contains(box);
        assertThat(api.mailboxes().sendingAs(admin, "ann@example.org")).contains(box);
        assertThat(api.mailboxes().sendingAs(stranger, "ann@example.org")).isEmpty();
        assertThat(api.mailboxes().sendingAs(elsewhere, "ann@example.org")).isEmpty();
    }

    private static Caller caller(UUID workspace, UUID user, Role role) {
        return new Caller(workspace, user, "caller@example.org", role);
    }

    @Test
    void limitsOfItsOwnStayUntilAllAreGivenAnew() {
        var mailbox =
                connect(
                        "a@example.org",
                        ", \"limits\": {\"messages_per_day\": 100, \"connections\": 2}");
        assertThat(mailbox.path("limits"))
                .isEqualTo(MailboxApi.json("{'messages_per_day': 100, 'connections': 2}"));
        api.patch(mailbox, "{\"display_name\": \"A\"}");
        assertThat(look(mailbox).path("limits")).hasSize(2);
        api.patch(mailbox, "{\"limits\": {\"messages_per_minute\": 5}}");
        assertThat(look(mailbox).path("limits"))
                .isEqualTo(MailboxApi.json("{'messages_per_minute': 5}"));
        assertThat(api.find(mailbox).options().limits().messagesPerMinute()).contains(5);
    }

    @Test
    void whatHoldsIsTheProvidersLimitsOrItsOwn() {
        var gmail =
                api.connect(
                                "{\"address\": \"ada@gmail.com\", \"provider\": \"smtp\", \"smtp\":"
                                        + " {\"password\": \"analytical\"}, \"limits\":"
                                        + " {\"messages_per_minute\": 7}}")
                        .json();
        assertThat(gmail.path("limits")).isEqualTo(MailboxApi.json("{'messages_per_minute': 7}"));
        var effective =
                MailboxApi.json(
                        "{'messages_per_minute': 7, 'messages_per_day': 500, 'connections': 5}");
        assertThat(gmail.path("effective_limits")).isEqualTo(effective);
        assertThat(look(gmail).path("effective_limits")).isEqualTo(effective);
        assertThat(api.get("/mailboxes").json().path("data").get(0).path("effective_limits"))
                .isEqualTo(effective);

        api.patch(gmail, "{\"limits\": {\"messages_per_day\": 100}}");
        assertThat(look(gmail).path("effective_limits"))
                .isEqualTo(MailboxApi.json("{'messages_per_day': 100, 'connections': 5}"));
    }

    @Test
    void theDaysUseIsShown() {
        var mailbox = connect("a@example.org", "");
        assertThat(look(mailbox).path("used_24h"))
                .isEqualTo(
                        MailboxApi.json(
                                "{'messages': 0, 'recipients': 0, 'messages_last_minute': 0}"));
        use(mailbox, "10 minutes", 3, 5);
        use(mailbox, "23 hours", 1, 1);
        use(mailbox, "25 hours", 50, 50);
        use(mailbox, "20 seconds", 2, 2);
        var used = look(mailbox).path("used_24h");
        assertThat(used.path("messages").asInt()).isEqualTo(6);
        assertThat(used.path("recipients").asInt()).isEqualTo(8);
        assertThat(used.path("messages_last_minute").asInt()).isEqualTo(2);
        assertThat(Instant.parse(used.path("eases_at").asText()))
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(59)),
                        Instant.now().plus(Duration.ofMinutes(61)));
        assertThat(api.get("/mailboxes").json().path("data").get(0).path("used_24h"))
                .isEqualTo(used);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "'default': 'yes'; default",
                "'aliases': 'a@example.org'; aliases",
                "'aliases': [1]; aliases",
                "'aliases': ['no address']; aliases",
                "'aliases': ['Ann <ann@example.org>']; aliases",
                "'limits': 3; limits",
                "'limits': {'connections': 51}; limits.connections",
                "'limits': {'messages_per_day': 0}; limits.messages_per_day",
            })
    void whatIsWrongIsNamed(String field, String name) {
        assertFields(
                api.connect(
                        sandbox("a@example.org")
                                .replace("}", ", " + field.replace('\'', '"') + "}")),
                name);
    }

    private JsonNode connect(String address, String more) {
        var body = sandbox(address).replace("}", more + "}");
        var answer = api.connect(body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private JsonNode look(JsonNode mailbox) {
        return api.get("/mailboxes/" + mailbox.path("id").asText()).json();
    }

    private String defaultAddress(JsonNode ofTheSameUser) {
        var mailbox = api.find(ofTheSameUser);
        return api.mailboxes()
                .defaultFor(mailbox.workspaceId(), mailbox.userId().orElseThrow())
                .orElseThrow()
                .address();
    }

    private List<UUID> sendingAs(Mailbox ofTheSameUser, String address) {
        var user = ofTheSameUser.userId().orElseThrow();
        return api
                .mailboxes()
                .sendingAs(caller(ofTheSameUser.workspaceId(), user, Role.MEMBER), address)
                .stream()
                .map(Mailbox::id)
                .toList();
    }

    private static UUID id(JsonNode mailbox) {
        return UUID.fromString(mailbox.path("id").asText());
    }

    private void use(JsonNode mailbox, String ago, int messages, int recipients) {
        var box = api.find(mailbox);
        database.inTransaction(handle ->
                handle.createUpdate(
                                """
                                insert into mailbox_use
                                    (workspace_id, mailbox_id, minute, messages, recipients)
                                values (:workspace, :mailbox, now() - cast(:ago as interval),
                                    :messages, :recipients)
                                """)
                        .bind("workspace", box.workspaceId())
                        .bind("mailbox", box.id())
                        .bind("ago", ago)
                        .bind("messages", messages)
                        .bind("recipients", recipients)
                        .execute());
    }
}
