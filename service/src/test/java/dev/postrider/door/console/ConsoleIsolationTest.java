package dev.postrider.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import dev.postrider.architecture.ProgramClasses;
import dev.postrider.http.Api.Answer;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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
            List.of("/console/sign-in", "/console/sign-out", "/console/password", "/console/files");

    private final Database database;
    private final Users users;

    @Inject
    ConsoleIsolationTest(Database database, Users users) {
        this.database = database;
        this.users = users;
    }

    /** A page, or a form. */
    private record Operation(boolean isForm, String path) {
        boolean takesId() {
            return path.contains("{");
        }

        /** With the ids of what there is. */
        String filled(Map<String, String> ids) {
            var filled = path;
            for (var id : ids.entrySet()) {
                filled = filled.replace(id.getKey(), id.getValue());
            }
            assertThat(filled).as("an id for " + path).doesNotContain("{");
            return filled;
        }

        Answer by(ConsoleVisitor visitor, Map<String, String> ids) {
            return isForm
                    ? visitor.post(filled(ids), "name", "Mallory", "role", "owner", "id", "x")
                    : visitor.get(filled(ids));
        }
    }

    private static List<Operation> operations() {
        return ProgramClasses.all().stream()
                .filter(each -> each.getPackageName().startsWith("dev.postrider.door.console"))
                .filter(each -> each.isAnnotatedWith(Path.class))
                .flatMap(each -> each.getMethods().stream().map(method -> operation(each, method)))
                .flatMap(List::stream)
                .filter(each -> OPEN.stream().noneMatch(each.path()::startsWith))
                .toList();
    }

    private static List<Operation> operation(JavaClass page, JavaMethod method) {
        var isForm = method.isAnnotatedWith(POST.class);
        if (!isForm && !method.isAnnotatedWith(GET.class)) {
            return List.of();
        }
        assertThat(page.isAnnotatedWith(ConsolePage.class) || isOpen(page))
                .as(page.getName() + " lets everybody in")
                .isTrue();
        var below =
                method.isAnnotatedWith(Path.class)
                        ? method.getAnnotationOfType(Path.class).value()
                        : "";
        return List.of(new Operation(isForm, page.getAnnotationOfType(Path.class).value() + below));
    }

    private static boolean isOpen(JavaClass page) {
        return page.getPackageName().endsWith(".signin")
                || page.getSimpleName().equals("FrameEndpoint")
                || page.getSimpleName().equals("ChoosePasswordEndpoint");
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

    /** All that somebody could have changed. */
    private static String state(ConsoleTenant home, Map<String, String> ids) {
        var state = new StringBuilder();
        for (var path :
                List.of(
                        ids.getOrDefault("/emails/{id}", ""),
                        ids.getOrDefault("/mailboxes/{id}", ""),
                        ids.getOrDefault("/webhooks/{id}", ""),
                        "/users?limit=100",
                        "/api-keys?limit=100",
                        "/workspace")) {
            state.append(home.read(path)).append('\n');
        }
        return state.toString().replaceAll("\"last_(used|login)_at\":\"[^\"]*\"", "");
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
                var answer = each.by(intruder.getValue(), ids);
                var what = intruder.getKey() + (each.isForm() ? " POST " : " GET ") + each.path();
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

    /** What everybody does for themselves, and would be done to the intruders. */
    private static boolean isOwnBusiness(Operation each) {
        return each.isForm() && !each.takesId();
    }

    @Test
    void nobodyIsLetInWithoutASession() {
        var home = ConsoleTenant.named(database, users, "Home");
        var ids = belongings(home);
        var stranger = new ConsoleVisitor();
        stranger.get("/console/sign-in");
        for (var each : operations()) {
            var answer = each.by(stranger, ids);
            assertThat(answer.status()).as(each.path()).isEqualTo(303);
            assertThat(answer.header("Location")).as(each.path()).contains("/console/sign-in");
        }
    }

    /** The token of the form is checked before its page runs, on all of them. */
    @Test
    void noFormIsTakenWithoutItsToken() {
        var home = ConsoleTenant.named(database, users, "Home");
        var ids = belongings(home);
        var owner = ConsoleVisitor.signedIn(home.email(Role.OWNER));
        var before = state(home, ids);
        for (var each : operations()) {
            if (each.isForm()) {
                var answer = owner.postWith("forged", each.filled(ids), "name", "x");
                assertThat(answer.status()).as(each.path()).isEqualTo(403);
                assertThat(answer.text()).contains("This form is out of date");
            }
        }
        assertThat(state(home, ids)).isEqualTo(before);
    }
}
