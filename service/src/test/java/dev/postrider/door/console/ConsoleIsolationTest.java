package dev.postrider.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.door.console.ConsoleOperations.Operation;
import dev.postrider.http.Api.Answer;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Every page and every form of the console, as the program's own classes declare them. Those that
 * take an id are asked for with somebody else's, by everybody who must not; those that don't, by
 * everybody: nobody sees a trace of what isn't theirs, and nothing of it changes.
 */
@QuarkusTest
final class ConsoleIsolationTest {
    private static final String MARK = "q7x-only-theirs";

    /** Where one may go without being anybody. */
    private static final List<String> OPEN =
            List.of(
                    "GET /console/files/{name}",
                    "GET /console/password",
                    "GET /console/sign-in",
                    "GET /console/sign-in/openid/{id}",
                    "GET /console/sign-in/openid/{id}/begin",
                    "GET /console/sign-in/openid/{id}/end",
                    "POST /console/password",
                    "POST /console/sign-in",
                    "POST /console/sign-out");

    private final Database database;
    private final Users users;

    @Inject
    ConsoleIsolationTest(Database database, Users users) {
        this.database = database;
        this.users = users;
    }

    private static List<Operation> operations() {
        return ConsoleOperations.all().stream().filter(each -> !each.isOpen()).toList();
    }

    @Test
    void whatIsOpenIsMeantToBe() {
        assertThat(ConsoleOperations.all())
                .filteredOn(Operation::isOpen)
                .extracting(Operation::toString)
                .isEqualTo(OPEN);
    }

    private static Answer ask(Operation each, ConsoleVisitor visitor, Map<String, String> ids) {
        return each.isForm()
                ? visitor.post(each.filled(ids), "name", "Mallory", "role", "owner", "id", "x")
                : visitor.get(each.filled(ids));
    }

    /** What is the owner's, by how the paths name it. */
    private Map<String, String> belongings(ConsoleTenant home) {
        var ids = new LinkedHashMap<String, String>();
        var mailbox = home.sandbox(MARK + "@example.org");
        var sent = home.owner.post("/smtp/send-email", email());
        assertThat(sent.status()).as(sent.text()).isLessThan(300);
        var email =
                home.made(
                        "/emails",
                        ("{\"from\": \"%s@example.org\", \"to\": \"grace@example.org\", \"subject\": \"%s\","
                                        + " \"text\": \"%s\", \"scheduled_at\": \"in 1 hour\","
                                        + " \"attachments\": [{\"filename\": \"%s.txt\", \"content\": \"eA==\"}]}")
                                .formatted(MARK, MARK, MARK, MARK));
        var kept = home.read("/mailboxes/" + mailbox + "/sandbox").path("data").get(0);
        var file = home.read("/emails/" + email + "/attachments").path("data").get(0);
        var webhook =
                home.made(
                        "/webhooks",
                        ("{\"endpoint\": \"http://127.0.0.1:9/%s\", \"events\":"
                                        + " [\"email.sent\"]}")
                                .formatted(MARK));
        ids.put("/emails/{id}", "/emails/" + email);
        ids.put("{file}", file.path("id").asText());
        ids.put("/mailboxes/{id}", "/mailboxes/" + mailbox);
        ids.put("{message}", kept.path("id").asText());
        ids.put("/webhooks/{id}", "/webhooks/" + webhook);
        ids.put("{event}", UUID.randomUUID().toString());
        ids.put(
                "/keys/{id}",
                "/keys/" + home.made("/api-keys", "{\"name\": \"%s\"}".formatted(MARK)));
        ids.put("/people/{id}", "/people/" + home.id(Role.OWNER));
        return ids;
    }

    private static String email() {
        return "{\"to\": \"grace@example.org\", \"subject\": \"%s\", \"message\": \"%s\"}"
                .formatted(MARK, MARK);
    }

    /** All that somebody could have changed; what they made of their own is no change. */
    private static String state(ConsoleTenant home, Map<String, String> ids) {
        var state = new StringBuilder();
        for (var path :
                List.of(
                        ids.getOrDefault("/emails/{id}", ""),
                        ids.getOrDefault("/mailboxes/{id}", ""),
                        ids.getOrDefault("/webhooks/{id}", ""),
                        "/workspace")) {
            state.append(home.read(path)).append('\n');
        }
        for (var list : List.of("/users?limit=100", "/api-keys?limit=100")) {
            for (var each : home.read(list).path("data")) {
                if (!each.path("name").asText().equals("Mallory")
                        && each instanceof ObjectNode one) {
                    state.append(one.remove(List.of("last_used_at", "last_login_at"))).append('\n');
                }
            }
        }
        return state.toString();
    }

    @Test
    void nobodySeesOrChangesWhatIsNotTheirs() {
        var home = ConsoleTenant.named(database, users, "Home");
        var abroad = ConsoleTenant.named(database, users, "Abroad");
        var ids = belongings(home);
        var intruders = new LinkedHashMap<String, ConsoleVisitor>();
        intruders.put(
                "the owner of another workspace",
                ConsoleVisitor.signedIn(abroad.email(Role.OWNER)));
        intruders.put("another member", ConsoleVisitor.signedIn(home.email(Role.MEMBER)));
        var before = state(home, ids);
        var operations = operations();
        assertThat(operations).as("pages and forms").hasSizeGreaterThan(60);
        for (var intruder : intruders.entrySet()) {
            intruder.getValue().page("/console/account");
            for (var each : operations) {
                if (isOwnBusiness(each)) {
                    continue;
                }
                var answer = ask(each, intruder.getValue(), ids);
                var what = intruder.getKey() + " " + each;
                if (each.takesId()) {
                    assertThat(answer.status()).as(what).isIn(403, 404);
                } else {
                    assertThat(answer.status()).as(what).isNotEqualTo(500);
                }
                assertThat(answer.text()).as(what).doesNotContain(MARK);
            }
        }
        assertThat(state(home, ids)).isEqualTo(before);
        assertThat(operations)
                .extracting(Operation::path)
                .contains("/console/emails/{id}/cancel", "/console/people/{id}");
    }

    /**
     * Or the tests here would show nothing: they are asked for as whoever signed in, and there is
     * something to see.
     */
    @Test
    void theOwnerSeesAllOfIt() {
        var other = ConsoleTenant.named(database, users, "Abroad");
        ConsoleVisitor.signedIn(other.email(Role.OWNER)).page("/console");
        var home = ConsoleTenant.named(database, users, "Home");
        var ids = belongings(home);
        var owner = ConsoleVisitor.signedIn(home.email(Role.OWNER));
        for (var each : operations()) {
            if (!each.isForm() && each.takesId() && !each.path().contains("{event}")) {
                assertThat(ask(each, owner, ids).status()).as(each.toString()).isEqualTo(200);
            }
        }
        for (var name :
                List.of("/emails/{id}", "/mailboxes/{id}", "/webhooks/{id}", "/keys/{id}")) {
            assertThat(owner.get("/console" + ids.get(name)).text()).as(name).contains(MARK);
        }
    }

    /** What everybody does for themselves, and would be done to the intruders. */
    private static boolean isOwnBusiness(Operation each) {
        return each.isForm() && !each.takesId();
    }

    /**
     * Nor by naming it in a field or behind the question mark, where the path has no room for it.
     */
    @Test
    void nobodyReachesWhatIsNotTheirsByNamingIt() {
        var home = ConsoleTenant.named(database, users, "Home");
        var abroad = ConsoleTenant.named(database, users, "Abroad");
        var ids = belongings(home);
        var before = state(home, ids);
        for (var email : List.of(abroad.email(Role.OWNER), home.email(Role.MEMBER))) {
            var intruder = ConsoleVisitor.signedIn(email);
            intruder.page("/console/account");
            for (var each : operations()) {
                if (!each.takesId() && !each.path().equals("/console/account/password")) {
                    var answer = naming(each, intruder, ids);
                    assertThat(answer.status()).as(email + " " + each).isLessThan(500);
                    assertThat(answer.text()).as(email + " " + each).doesNotContain(MARK);
                }
            }
        }
        assertThat(state(home, ids)).isEqualTo(before);
    }

    private static Answer naming(Operation each, ConsoleVisitor intruder, Map<String, String> ids) {
        var email = last(ids, "/emails/{id}");
        var mailbox = last(ids, "/mailboxes/{id}");
        var owner = last(ids, "/people/{id}");
        var fields =
                List.of(
                        "id", email,
                        "mailbox_id", mailbox,
                        "mailboxes", mailbox,
                        "notification_mailbox_id", mailbox,
                        "whom", owner,
                        "user_id", owner,
                        "subject_id", email,
                        "act", "cancel",
                        "name", "Mallory",
                        "permission", "sending_access");
        if (each.isForm()) {
            return intruder.post(each.path(), fields.toArray(String[]::new));
        }
        var query = new StringBuilder(each.path()).append('?');
        for (var i = 0; i < fields.size(); i += 2) {
            query.append(fields.get(i)).append('=').append(fields.get(i + 1)).append('&');
        }
        return intruder.get(query.toString());
    }

    private static String last(Map<String, String> ids, String name) {
        var path = ids.getOrDefault(name, "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Test
    void nobodyIsLetInWithoutASession() {
        var home = ConsoleTenant.named(database, users, "Home");
        var ids = belongings(home);
        var stranger = new ConsoleVisitor();
        stranger.get("/console/sign-in");
        for (var each : operations()) {
            var answer = ask(each, stranger, ids);
            assertThat(answer.status()).as(each.path()).isEqualTo(303);
            assertThat(answer.header("Location")).as(each.path()).contains("/console/sign-in");
        }
    }

    /** The token of the form is checked before its page runs, on all of them. */
    @Test
    void noFormIsTakenWithoutItsToken() {
        var home = ConsoleTenant.named(database, users, "Home");
        var ids = belongings(home);
        var older = ConsoleVisitor.signedIn(home.email(Role.OWNER));
        older.page("/console/account");
        var owner = ConsoleVisitor.signedIn(home.email(Role.OWNER));
        owner.page("/console/account");
        var before = state(home, ids);
        for (var each : operations()) {
            if (each.isForm()) {
                for (var token : List.of("", "forged", older.formToken())) {
                    isStale(each, owner.postWith(token, each.filled(ids), "name", "x"));
                }
            }
        }
        assertThat(state(home, ids)).isEqualTo(before);
    }

    /** Nor where the browser says that another site's page has made it. */
    @Test
    void noFormIsTakenFromAnotherSite() {
        var home = ConsoleTenant.named(database, users, "Home");
        var ids = belongings(home);
        var owner = ConsoleVisitor.signedIn(home.email(Role.OWNER));
        owner.page("/console/account");
        owner.with("Sec-Fetch-Site", "same-site");
        var before = state(home, ids);
        for (var each : operations()) {
            if (each.isForm()) {
                isStale(each, owner.post(each.filled(ids), "name", "x"));
            }
        }
        assertThat(state(home, ids)).isEqualTo(before);
    }

    private static void isStale(Operation each, Answer answer) {
        assertThat(answer.status()).as(each.path()).isEqualTo(403);
        assertThat(answer.text()).contains("This form is out of date");
    }
}
