package dev.postrider.mailbox.http;

import static dev.postrider.mailbox.http.MailboxApi.assertFields;
import static dev.postrider.mailbox.http.MailboxApi.json;
import static dev.postrider.mailbox.http.MailboxApi.sandbox;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.mailbox.HoldReason;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.Tenant;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which mailboxes {@code GET /mailboxes} shows, and how many there are of each. */
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one login is enough
final class ListMailboxesTest {
    private final MailboxApi api;
    private final Database database;

    @Inject
    ListMailboxesTest(Mailboxes mailboxes, Database database) {
        this.api = new MailboxApi(mailboxes);
        this.database = database;
    }

    @BeforeEach
    void removeAll() {
        api.removeAll();
    }

    @Test
    void aStateAProviderAndWordsNarrowTheList() {
        var ann = connect("ann@example.org");
        api.patch(ann, "{\"display_name\": \"Ann of Sales_Team\"}");
        api.patch(connect("paused@example.org"), "{\"state\": \"paused\"}");
        hold(connect("held@example.com"));
        api.smtp();
        assertThat(listed("state=held")).containsExactly("held@example.com");
        assertThat(listed("state=held,paused"))
                .containsExactly("held@example.com", "paused@example.org");
        assertThat(listed("provider=smtp")).containsExactly("a@example.org");
        assertThat(listed("search=EXAMPLE.com")).containsExactly("held@example.com");
        assertThat(listed("search=sales%20ANN")).containsExactly("ann@example.org");
        assertThat(listed("search=ann%20nobody")).isEmpty();
        assertThat(listed("search=sales_t")).containsExactly("ann@example.org");
        assertThat(listed("search=%25")).as("no wildcard").isEmpty();
        assertThat(listed("state=held&provider=smtp")).isEmpty();
        assertThat(listed("state=held,paused&limit=1")).containsExactly("held@example.com");
    }

    @Test
    void thoseThatNeedAttentionAreHeldOrRestNow() {
        connect("fine@example.org");
        hold(connect("held@example.org"));
        rest(connect("resting@example.org"), "10 minutes");
        rest(connect("rested@example.org"), "-1 minutes");
        var paused = connect("paused@example.org");
        rest(paused, "10 minutes");
        api.patch(paused, "{\"state\": \"paused\"}");
        assertThat(listed("attention=true"))
                .containsExactly("resting@example.org", "held@example.org");
        assertThat(listed("attention=false")).hasSize(5);
        assertThat(api.get("/mailboxes/counts").json())
                .isEqualTo(
                        json(
                                "{'object':'mailbox_counts','active':3,'held':1,'paused':1,'resting':1}"));
    }

    @Test
    void aMemberCountsTheirOwn() {
        connect("another@example.org");
        var email = UUID.randomUUID() + "@example.org";
        var owner =
                Api.underTest()
                        .loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);
        owner.post(
                "/users",
                "{\"email\": \"%s\", \"password\": \"eine lange Leiter\"}".formatted(email));
        var member = Api.underTest().loggedIn(email, "eine lange Leiter");
        var mine = member.post("/mailboxes", sandbox("mine@example.org")).json();
        assertThat(member.get("/mailboxes/counts").json().path("active").asInt()).isEqualTo(1);
        assertThat(member.get("/mailboxes?search=example.org").json().path("data")).hasSize(1);
        assertThat(mine.path("user_email").asText()).isEqualTo(email);
        var seen = owner.get("/mailboxes?search=mine").json().path("data").get(0);
        assertThat(seen.path("user_email").asText()).isEqualTo(email);
    }

    @Test
    void whenAMailboxLastSentAndFailedIsShown() {
        var mailbox = connect("a@example.org");
        assertThat(look(mailbox).has("last_sent_at")).isFalse();
        ended(mailbox, "sent", "2026-01-01T10:00:00Z");
        ended(mailbox, "refused", "2026-01-01T11:00:00Z");
        ended(mailbox, "canceled", "2026-01-01T12:00:00Z");
        for (var seen : List.of(look(mailbox), api.get("/mailboxes").json().path("data").get(0))) {
            assertThat(seen.path("last_sent_at").asText()).isEqualTo("2026-01-01T10:00:00Z");
            assertThat(seen.path("last_failed_at").asText()).isEqualTo("2026-01-01T11:00:00Z");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "state=asleep,        state",
        "'state=held,',       state",
        "provider=pigeon,     provider",
        "attention=perhaps,   attention",
        "search=a%20b%20c%20d%20e%20f%20g%20h%20i%20j%20k, search",
    })
    void whatCantBeLookedForIsNamed(String query, String field) {
        assertFields(api.get("/mailboxes?" + query), field);
    }

    @Test
    void whatIsSetUpToConnectMailboxesIsTold() {
        var options = api.get("/connect-options").json();
        assertThat(options.path("links").asBoolean()).isTrue();
        assertThat(options.path("data"))
                .contains(json("{'provider':'smtp','option':'smtp','consent':true}"));
    }

    private JsonNode connect(String address) {
        return api.connect(sandbox(address)).json();
    }

    private JsonNode look(JsonNode mailbox) {
        return api.get("/mailboxes/" + mailbox.path("id").asText()).json();
    }

    private List<String> listed(String query) {
        var list = api.get("/mailboxes?" + query);
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        var addresses = new ArrayList<String>();
        list.json().path("data").forEach(each -> addresses.add(each.path("address").asText()));
        return addresses;
    }

    private void hold(JsonNode mailbox) {
        var box = api.find(mailbox);
        assertThat(
                        api.mailboxes()
                                .hold(
                                        box.workspaceId(),
                                        box.id(),
                                        new HoldReason("login_refused", "The server says no.")))
                .isTrue();
    }

    private void rest(JsonNode mailbox, String time) {
        var box = api.find(mailbox);
        database.inTransaction(handle ->
                handle.execute(
                        """
                        update lane
                        set rests_until = now() + cast(? as interval), rest_reason = 'a limit'
                        where workspace_id = ?
                          and mailbox_id = ?
                        """,
                        time,
                        box.workspaceId(),
                        box.id()));
    }

    private void ended(JsonNode mailbox, String state, String time) {
        var box = api.find(mailbox);
        var tenant = new Tenant(database, box.workspaceId(), box.userId().orElseThrow());
        var email = tenant.email(box, state);
        database.inTransaction(handle ->
                handle.execute(
                        "update email set finished_at = cast(? as timestamptz) where id = ?",
                        time,
                        email));
    }
}
