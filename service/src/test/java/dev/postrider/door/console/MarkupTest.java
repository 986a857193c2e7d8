package dev.postrider.door.console;

import static dev.postrider.door.console.PlantedMarkup.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What people, servers and messages say is text on every page that shows it. */
@QuarkusTest
final class MarkupTest extends ConsoleScene {
    /** What a message's own frame wanted to run or to load, and didn't get. */
    private static final Pattern OF_A_MESSAGE =
            Pattern.compile(
                    "/console/emails/[0-9a-f-]+/html \\S+ (Blocked script execution|Loading the image)");

    @Inject
    MarkupTest(Users users, Database database) {
        super(users, database);
    }

    @Test
    void isTextOnEveryPage() {
        var planted = new PlantedMarkup(database, acme);
        var owner = ConsoleVisitor.signedIn(acme.email(Role.OWNER));
        owner.page("/console/account");
        var shownAt = new TreeMap<String, Set<String>>();
        for (var path : paths(planted)) {
            var answer = owner.get(path);
            isHarmless(path, answer);
            for (var each : path.contains("=" + BEGIN) ? List.<String>of() : PlantedMarkup.ALL) {
                if (answer.text().contains("id=" + BEGIN + "-" + each + "&gt;")) {
                    shownAt.computeIfAbsent(each, _ -> new TreeSet<>()).add(path);
                }
            }
        }
        assertThat(shownAt.keySet())
                .as("planted and shown: " + shownAt)
                .containsAll(PlantedMarkup.ALL);
        formsAreHarmless(owner, planted);
        inTheBrowser(planted, shownAt);
    }

    /** All that one can go to, and each face of those that have several. */
    private static List<String> paths(PlantedMarkup planted) {
        var paths = new ArrayList<String>();
        for (var each : ConsoleOperations.all()) {
            if (!each.isForm() && !each.path().contains("openid")) {
                paths.add(each.filled(planted.ids));
                paths.add(each.filled(planted.ids) + "?" + everywhere());
            }
        }
        for (var id : List.of(planted.sentEmail, planted.waitingEmail)) {
            paths.add("/console/emails/" + id);
            for (var view : List.of("message", "text", "html", "headers", "source", "files")) {
                paths.add("/console/emails/" + id + "?view=" + view);
            }
        }
        paths.add("/console/webhooks/" + planted.webhook + "?state=failed");
        paths.add("/console/people?show=external");
        paths.add("/console/emails?state=refused");
        return paths;
    }

    private static String everywhere() {
        var echo = encoded(PlantedMarkup.markup("echo"));
        var names = new TreeSet<>(ConsoleOperations.queryParameters());
        names.addAll(List.of("recipient", "sender", "subject", "tag", "actor", "action"));
        return String.join("=" + echo + "&", names) + "=" + echo;
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void isHarmless(String what, Answer answer) {
        assertThat(answer.status()).as(what + answer.text()).isLessThan(500);
        assertThat(answer.header("X-Content-Type-Options")).as(what).isEqualTo("nosniff");
        answer.response()
                .headers()
                .map()
                .forEach((name, values) ->
                        assertThat(values)
                                .as(what + " " + name)
                                .noneMatch(
                                        value -> value.contains("<") || value.contains("x7q\"")));
        if (!answer.header("Content-Type").startsWith("text/html")) {
            assertThat(answer.header("Content-Type")).as(what).doesNotContain("xml", "svg");
            return;
        }
        var policy = answer.header("Content-Security-Policy");
        if (policy.startsWith("sandbox")) {
            assertThat(policy)
                    .as(what)
                    .contains("default-src 'none'", "base-uri 'none'", "form-action 'none'")
                    .doesNotContain("script", "allow-same-origin", "allow-forms", "allow-top");
            return;
        }
        assertThat(policy).as(what).contains("script-src 'self'").doesNotContain("unsafe");
        assertThat(answer.text())
                .as(what)
                .doesNotContain("<img src=x", BEGIN + "\"", BEGIN + "'", "<script>alert")
                .doesNotContain("javascript:");
    }

    /** What is typed comes back as it was, with what is wrong with it. */
    private static void formsAreHarmless(ConsoleVisitor owner, PlantedMarkup planted) {
        var echo = PlantedMarkup.markup("typed");
        var fields = new ArrayList<String>();
        for (var name :
                List.of(
                        "name",
                        "email",
                        "to",
                        "from",
                        "subject",
                        "text",
                        "address",
                        "display_name",
                        "endpoint",
                        "public_url",
                        "smtp.host",
                        "smtp.port",
                        "smtp.username",
                        "link_address",
                        "external_id",
                        "sandbox_address",
                        "return_urls",
                        "after",
                        "done",
                        "whom",
                        "role",
                        "aliases",
                        "events")) {
            fields.addAll(List.of(name, echo));
        }
        for (var kind : List.of("left", "doubt")) {
            fields.addAll(List.of(kind, UUID.randomUUID() + " " + echo));
        }
        fields.addAll(List.of("act", "cancel", "id", planted.sentEmail));
        var echoed = new TreeSet<String>();
        for (var each : ConsoleOperations.all()) {
            var mayGo =
                    each.isForm()
                            && !each.isOpen()
                            && !each.path().matches(".*/(remove|revoke|password|deactivate)");
            if (mayGo) {
                var answer = owner.post(each.filled(planted.ids), fields.toArray(String[]::new));
                isHarmless(each.toString(), answer);
                if (answer.text().contains("id=" + BEGIN + "-typed&gt;")) {
                    echoed.add(each.path());
                }
            }
        }
        assertThat(echoed)
                .contains(
                        "/console/emails/change",
                        "/console/keys",
                        "/console/mailboxes/new/sandbox",
                        "/console/people/invite",
                        "/console/webhooks/new");
    }

    /** It complains of whatever would have run or been loaded. */
    private void inTheBrowser(PlantedMarkup planted, Map<String, Set<String>> shownAt) {
        signIn(Role.OWNER);
        var pages = new TreeSet<String>();
        for (var paths : shownAt.values()) {
            paths.stream().filter(MarkupTest::isPage).findFirst().ifPresent(pages::add);
        }
        pages.add("/console/emails/" + planted.waitingEmail + "?view=message");
        for (var path : pages) {
            go(path);
            assertThat(window.text()).as(path).contains(BEGIN);
        }
        assertThat(window.complaints(Api.publicUrl()))
                .allMatch(line -> OF_A_MESSAGE.matcher(line).find());
    }

    /** And not what a field of a page suggests, which is a part of it. */
    private static boolean isPage(String path) {
        return !path.startsWith("/console/choices/");
    }
}
