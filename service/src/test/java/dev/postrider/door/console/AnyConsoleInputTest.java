package dev.postrider.door.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleOperations.Operation;
import dev.postrider.http.Api.Answer;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever stands in a query, a field or a path, a page says in words what is wrong with it; never
 * that it is the program's own fault.
 */
@QuarkusTest
final class AnyConsoleInputTest {
    private static final long SEED = 20_261_127;
    private static final int JUNK_OF_EACH = 6;

    /** Servers take no longer ones; what refuses them is no page. */
    private static final int MAX_URL = 3_500;

    private static final Pattern FIELD =
            Pattern.compile("<(?:input|select|textarea)[^>]* name=\"([^\"]+)\"");

    /** As they stand in a URL or a form. */
    private static final List<String> JUNK =
            List.of(
                    "",
                    "+",
                    "x".repeat(900),
                    "%00",
                    "%ff%fe%C0%AF",
                    "%ED%A0%80",
                    "00000000-0000-7000-8000-000000000000",
                    "ffffffff-ffff-ffff-ffff-ffffffffffff",
                    "-1",
                    "99999999999999999999",
                    "%2B999999999-12-31",
                    "-999999999-01-01",
                    "9999-12-31T23%3A59",
                    "2026-02-30",
                    "%27%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                    "..%2F..%2Fme%3Fx%3D%23",
                    "%F0%9F%92%A9%E2%80%AE%0D%0ASet-Cookie%3A+x%3Dy",
                    "owner",
                    "a%3Ab");

    private final Users users;
    private final Database database;
    private final Random random = new Random(SEED);
    private final List<String> wrong = new ArrayList<>();
    private ConsoleTenant acme;
    private ConsoleVisitor owner = new ConsoleVisitor();

    @Inject
    AnyConsoleInputTest(Users users, Database database) {
        this.users = users;
        this.database = database;
    }

    @BeforeEach
    void tenant() {
        acme = ConsoleTenant.named(database, users, "Acme");
        owner = visitor(Role.OWNER);
    }

    private ConsoleVisitor visitor(Role role) {
        var visitor =
                ConsoleVisitor.signedIn(acme.email(role))
                        // wrong passwords slow down all that come from one address
                        .with("X-Forwarded-For", "192.0.2.213");
        visitor.page("/console/account");
        return visitor;
    }

    /** What there is of everything, by how the paths name it. */
    private Map<String, String> ids() {
        var ids = new LinkedHashMap<String, String>();
        var mailbox = acme.sandbox("any@acme.example");
        ids.put(
                "/emails/{id}",
                "/emails/"
                        + acme.made(
                                "/emails",
                                "{\"from\": \"any@acme.example\", \"to\": \"g@example.org\", \"subject\": \"s\","
                                        + " \"text\": \"t\", \"scheduled_at\": \"in 1 day\"}"));
        ids.put("/mailboxes/{id}", "/mailboxes/" + mailbox);
        ids.put(
                "/webhooks/{id}",
                "/webhooks/"
                        + acme.made(
                                "/webhooks",
                                "{\"endpoint\": \"http://127.0.0.1:9/\", \"events\": [\"mailbox.held\"]}"));
        ids.put("/keys/{id}", "/keys/" + acme.made("/api-keys", "{\"name\": \"k\"}"));
        ids.put("/people/{id}", "/people/" + acme.id(Role.MEMBER));
        return ids;
    }

    @Test
    void isAnsweredInWords() {
        var ids = ids();
        var names = new TreeSet<>(ConsoleOperations.queryParameters());
        names.addAll(List.of("recipient", "sender", "from", "to", "tag", "mailbox_id", "subject"));
        var operations = ConsoleOperations.all().stream().filter(each -> !isSignOut(each)).toList();
        for (var each : operations) {
            if (!each.isForm()) {
                var fields = FIELD.matcher(owner.get(path(each, ids)).text());
                while (fields.find()) {
                    names.add(fields.group(1));
                }
            }
        }
        names.remove("form");
        assertThat(names).contains("endpoint", "limits.connections", "tag", "states", "until");
        for (var each : operations) {
            var path = path(each, ids);
            for (var junk : some(JUNK_OF_EACH)) {
                if (each.takesId() && !junk.isEmpty() && !junk.equals("+")) {
                    check(each, each.filled(junk), "");
                }
                check(each, path, pairs(names, _ -> junk));
            }
            for (var i = 0; i < 2; i++) {
                check(each, path, pairs(names, _ -> some(1).getFirst()));
            }
            if (each.toString().equals("GET /console/emails")) {
                names.forEach(name -> check(each, path, name + "=" + some(1).getFirst()));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private List<String> some(int count) {
        var all = new ArrayList<>(JUNK);
        Collections.shuffle(all, random);
        return all.subList(0, count);
    }

    /** The visitors stay. */
    private static boolean isSignOut(Operation each) {
        return each.path().equals("/console/sign-out") || each.path().endsWith("/end");
    }

    private static String path(Operation each, Map<String, String> ids) {
        var path = each.path();
        for (var id : ids.entrySet()) {
            path = path.replace(id.getKey(), id.getValue());
        }
        return path.replaceAll("\\{[^}]*}", "00000000-0000-7000-8000-000000000001");
    }

    private static String pairs(
            Set<String> names, java.util.function.UnaryOperator<String> values) {
        return names.stream()
                .map(name -> name + "=" + values.apply(name))
                .collect(Collectors.joining("&"));
    }

    private void check(Operation each, String path, String query) {
        var room = Math.max(0, MAX_URL - path.length());
        var inUrl =
                query.length() > room ? query.substring(0, room).replaceFirst("%.?$", "") : query;
        var answer =
                each.isForm()
                        ? owner.postRaw(path, query.isEmpty() ? "x=y" : query)
                        : owner.get(path + "?" + inUrl);
        var text = answer.text();
        var isFine =
                answer.status() < 500
                        && !text.contains("<script>alert(1)")
                        && !text.contains("Exception")
                        && !text.contains("at dev.postrider")
                        && (answer.header("Set-Cookie").isEmpty()
                                || each.path().contains("/sign-in"))
                        && (answer.status() < 400 || isAPage(answer));
        if (!isFine) {
            wrong.add(
                    each
                            + " "
                            + path
                            + " "
                            + query.substring(0, Math.min(150, query.length()))
                            + ": "
                            + answer.status()
                            + " "
                            + text.substring(0, Math.min(300, text.length())));
        }
    }

    private static boolean isAPage(Answer answer) {
        return answer.header("Content-Type").startsWith("text/html")
                && answer.text().contains("<h1");
    }

    /** Or all that there is would be found, and changed. */
    @ParameterizedTest
    @ValueSource(strings = {"from=2026-02-30", "to=tomorrow", "to=%2B999999999-12-31"})
    void aDayThatIsNoneIsNotLeftOut(String search) {
        var id = ids().getOrDefault("/emails/{id}", "");

        var found = owner.get("/console/emails?" + search);
        assertThat(found.status()).isEqualTo(422);
        assertThat(found.text()).contains("role=\"alert\"");
        var changed = owner.post("/console/emails/change?" + search, "act", "cancel", "all", "yes");
        assertThat(changed.status()).isEqualTo(422);
        assertThat(acme.read(id).path("state").asText()).isEqualTo("scheduled");
    }

    @Test
    void anotherMethodIsRefusedInWords() {
        var ids = ids();
        for (var path :
                ConsoleOperations.all().stream()
                        .filter(each -> !isSignOut(each))
                        .map(each -> path(each, ids))
                        .distinct()
                        .toList()) {
            for (var method : List.of("PUT", "DELETE", "PATCH", "OPTIONS", "BREW")) {
                var answer = owner.send(method, path, "");
                assertThat(answer.status()).as(method + " " + path).isIn(200, 403, 405);
                assertThat(answer.text()).as(method + " " + path).doesNotContain("Exception");
                if (answer.status() >= 400) {
                    assertThat(isAPage(answer)).as(method + " " + path + answer.text()).isTrue();
                }
            }
            var got = owner.get(path);
            var head = owner.send("HEAD", path, "");
            assertThat(head.status()).as("HEAD " + path).isEqualTo(got.status());
            assertThat(head.text()).isEmpty();
        }
    }

    /** What no client makes by itself. */
    @Test
    void whatIsNoUrlIsRefused() throws IOException {
        for (var target :
                List.of(
                        "/console/emails?subject=%zz",
                        "/console/emails?subject=%",
                        "/console/emails/%zz",
                        "/console/emails/%00",
                        "/console/emails/%ff",
                        "/console/%2e%2e/%2e%2e/etc/passwd",
                        "/console/files/..%2f..%2fapplication.properties",
                        "/console//emails",
                        "/console/emails;x=y?state=sent",
                        "/console/emails?" + "a&".repeat(1_500),
                        "/console/emails?subject=\u00e4\u0001")) {
            var answer = raw(target);
            assertThat(answer).as(target).matches("(?s)HTTP/1\\.1 [234]\\d\\d .*");
            assertThat(answer).as(target).doesNotContain("Exception", "root:", "quarkus.");
        }
    }

    private String raw(String target) throws IOException {
        var root = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        try (var socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(
                            ("GET "
                                            + target
                                            + " HTTP/1.1\r\nHost: x\r\nX-Forwarded-Proto: https\r\nCookie: "
                                            + owner.cookie().orElseThrow()
                                            + "\r\nConnection: close\r\n\r\n")
                                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    /** A form that is none: too large, of another kind, cut. */
    @Test
    void whatIsNoFormChangesNothing() {
        var token = URLEncoder.encode(owner.formToken(), UTF_8);
        for (var body :
                List.of(
                        "form=" + token + "&name=" + "x".repeat(300_000),
                        "form=" + token + "&name=%zz",
                        "form=" + token + "&name=%c0%af",
                        "{\"form\": \"" + owner.formToken() + "\", \"name\": \"x\"}",
                        "")) {
            var answer = owner.send("POST", "/console/keys", body);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).contains("This form is out of date");
        }
        assertThat(acme.read("/api-keys").path("data")).isEmpty();
    }
}
