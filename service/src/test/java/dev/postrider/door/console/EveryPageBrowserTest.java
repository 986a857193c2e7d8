package dev.postrider.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every page as every role: what may be done there, form by form, and that nothing else is offered;
 * what a role may not see isn't led to and says so. Admins and members look at each page in one of
 * the two widths and colours, by turns; the tests of the pages look at them in all, mostly as the
 * owner.
 */
@QuarkusTest
final class EveryPageBrowserTest extends ConsoleScene {
    private static final Set<Role> ALL = EnumSet.allOf(Role.class);
    private static final Set<Role> ADMINS = EnumSet.of(Role.OWNER, Role.ADMIN);
    private static final Set<Role> NOBODY = EnumSet.noneOf(Role.class);

    @Inject
    EveryPageBrowserTest(Users users, Database database) {
        super(users, database);
    }

    /**
     * A page.
     *
     * @param who sees it
     * @param forms that all of them are offered
     * @param adminForms that owners and admins are offered besides
     */
    private record Page(
            String name, String path, Set<Role> who, List<String> forms, List<String> adminForms) {
        static Page of(String name, String path, Set<Role> who, String... forms) {
            return new Page(name, path, who, List.of(forms), List.of());
        }

        Page andAdmins(String... more) {
            return new Page(name, path, who, forms, List.of(more));
        }

        List<String> forms(Role role) {
            var all = new ArrayList<>(forms);
            if (ADMINS.contains(role)) {
                all.addAll(adminForms);
            }
            return all.stream().map(form -> "/console/" + form).toList();
        }
    }

    /** What somebody of that role has: of each kind of thing one. */
    private List<Page> pages(Role role) {
        var mine = acme.as(role);
        var box = made(mine, "/mailboxes", "{'address':'ann@acme.example','provider':'sandbox'}");
        var server =
                made(
                        mine,
                        "/mailboxes",
                        "{'address':'bob@acme.example','provider':'smtp','smtp':{'host':'127.0.0.1','port':9,"
                                + "'tls':'none','password':'x'}}");
        var waits = email(mine, ",'scheduled_at':'in 1 day'");
        var sent = email(mine, "");
        var failed = email(mine, "");
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(mine.get("/emails?state=sent").json().path("data")).hasSize(2));
        database.read(handle ->
                handle.execute(
                        "update email set state = 'failed', reason = 'No recipient took it.' where id = ?",
                        UUID.fromString(failed)));
        var kept = mine.get("/mailboxes/" + box + "/sandbox").json().path("data").get(0);
        var key = made(mine, "/api-keys", "{'name':'crm'}");
        var webhook =
                acme.made(
                        "/webhooks",
                        "{\"endpoint\":\"http://127.0.0.1:9/hooks\",\"events\":[\"email.sent\"]}");
        var message = "mailboxes/" + box + "/messages/" + kept.path("id").asText();
        return List.of(
                Page.of("overview", "", ALL),
                Page.of("start", "start", ALL, "start/email"),
                Page.of("emails", "emails", ALL, "emails/change"),
                Page.of(
                        "email-waits",
                        "emails/" + waits,
                        ALL,
                        "emails/" + waits + "/move",
                        "emails/" + waits + "/cancel"),
                Page.of("email-sent", "emails/" + sent, ALL),
                Page.of("email-failed", "emails/" + failed, ALL, "emails/" + failed + "/retry"),
                Page.of("email-message", "emails/" + sent + "?view=message", ALL),
                Page.of("email-text", "emails/" + sent + "?view=text", ALL),
                Page.of("email-headers", "emails/" + sent + "?view=headers", ALL),
                Page.of("email-source", "emails/" + sent + "?view=source", ALL),
                Page.of("email-files", "emails/" + sent + "?view=files", ALL),
                Page.of("mailboxes", "mailboxes", ALL),
                Page.of(
                                "mailbox-new",
                                "mailboxes/new",
                                ALL,
                                "mailboxes/new/password",
                                "mailboxes/new/link",
                                "mailboxes/new/sandbox")
                        .andAdmins("mailboxes/new/app"),
                Page.of(
                        "mailbox-sandbox",
                        "mailboxes/" + box,
                        ALL,
                        of("mailboxes/" + box, "verify", "pause", "limits", "settings", "remove")),
                Page.of(
                        "mailbox-smtp",
                        "mailboxes/" + server,
                        ALL,
                        of(
                                "mailboxes/" + server,
                                "verify",
                                "pause",
                                "limits",
                                "settings",
                                "remove",
                                "login",
                                "reconnect")),
                Page.of("message", message, ALL),
                Page.of("keys", "keys", ALL, "keys", "keys/" + key + "/revoke"),
                Page.of("key", "keys/" + key, ALL, "keys/" + key, "keys/" + key + "/revoke"),
                Page.of("webhooks", "webhooks", ADMINS),
                Page.of("webhook-new", "webhooks/new", ADMINS, "webhooks/new"),
                Page.of(
                        "webhook",
                        "webhooks/" + webhook,
                        ADMINS,
                        of("webhooks/" + webhook, "disable", "rotate", "replay", "remove")),
                Page.of(
                        "webhook-change",
                        "webhooks/" + webhook + "/change",
                        ADMINS,
                        "webhooks/" + webhook + "/change"),
                Page.of("people", "people", ADMINS, "people/invite"),
                Page.of(
                        "person",
                        "people/" + acme.id(Role.MEMBER),
                        ADMINS,
                        of(
                                "people/" + acme.id(Role.MEMBER),
                                "role",
                                "link",
                                "deactivate",
                                "remove")),
                Page.of("workspace", "people/workspace", ADMINS, "people/workspace"),
                Page.of("audit", "audit", ADMINS),
                Page.of("installation", "installation", NOBODY),
                Page.of("account", "account", ALL, "account/password"));
    }

    private static String[] of(String thing, String... acts) {
        return List.of(acts).stream().map(act -> thing + "/" + act).toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void eachOffersWhatItsReaderMayAndNothingElse(Role role) {
        var pages = pages(role);
        signIn(role);
        for (var i = 0; i < pages.size(); i++) {
            var page = pages.get(i);
            go("/console/" + page.path());
            if (page.who().contains(role)) {
                assertThat(window.forms())
                        .as(page.name() + " as " + role.code())
                        .filteredOn(form -> !form.equals("/console/sign-out"))
                        .containsExactlyInAnyOrderElementsOf(page.forms(role));
                if (role != Role.OWNER) {
                    var turn = role == Role.ADMIN ? i : i + 1;
                    looksRight(
                            "every-" + page.name() + "-" + role.code(),
                            turn % 2 == 0 ? 390 : 1280,
                            turn / 2 % 2 == 0);
                }
            } else {
                assertThat(window.text()).as(page.name()).contains("Not yours to see");
                assertThat(window.forms()).containsExactly("/console/sign-out");
                complainsOf(403);
            }
        }
        go("/console");
        for (var page : pages) {
            if (!page.path().contains("/") && !page.who().contains(role)) {
                assertThat(window.evaluated("document.body.innerHTML"))
                        .as("what leads to " + page.name())
                        .doesNotContain("\"/console/" + page.path() + "\"");
            }
        }
    }

    private static String email(Api api, String more) {
        return made(
                api,
                "/emails",
                "{'from':'ann@acme.example','to':'grace@example.org','subject':'Invoice 17','text':'Hello',"
                        + "'html':'<p>Hello</p>','attachments':[{'filename':'a.txt','content':'aGk='}]"
                        + more
                        + "}");
    }

    private static String made(Api api, String path, String body) {
        var answer = api.post(path, body.replace('\'', '"'));
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        return answer.json().path("id").asText();
    }
}
