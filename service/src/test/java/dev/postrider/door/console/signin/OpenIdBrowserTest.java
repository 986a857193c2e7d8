package dev.postrider.door.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleScene;
import dev.postrider.door.console.ConsoleVisitor;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.identity.user.FirstUser;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Signing in at the company's own provider, in a real browser and by hand. */
@QuarkusTest
final class OpenIdBrowserTest extends ConsoleScene {
    private static final String BELOW = "/console/sign-in/openid/localhost";

    private final String name = "carol-" + UUID.randomUUID();

    @Inject
    OpenIdBrowserTest(Users users, Database database) {
        super(users, database);
    }

    @Test
    void theProviderLeadsBackToWhereOneWantedToGoAndOutAgain() {
        go("/console/start?why=not");
        looksRight("sign-in-openid");
        window.click("Sign in with Acme's own sign-in");
        window.find("[name=username]").sendKeys(name);
        window.find("[name=claims]").sendKeys("{\"email\": \"%s@example.org\"}".formatted(name));
        window.find("[type=submit]").click();
        window.waitForUrl(Api.publicUrl() + "/console/start?why=not");
        assertThat(window.text()).contains(name + "@example.org").contains("member");

        window.click("Sign out");
        window.waitForTitle("Sign in · Postrider");
        assertThat(window.text())
                .contains("You are signed out.")
                .contains("You are still signed in at Acme's own sign-in.");
        looksRight("sign-in-openid-left");
        window.click("Sign out there, too");
        window.waitForUrl(Api.publicUrl() + "/console/sign-in");
        go("/console/sign-in?note=signed_out");
        assertThat(window.text()).doesNotContain("still signed in");
    }

    @Test
    void whoIsNoUserHereAnyMoreIsTold() {
        var visitor = signedIn();
        visitor.page("/console");
        database.read(handle ->
                handle.execute(
                        "update user_account set deactivated_at = now() where email = ?",
                        name + "@example.org"));

        var answer = back(new ConsoleVisitor(), BELOW + "/begin");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("Your user is deactivated.");
    }

    @Test
    void anAnswerIsForTheBrowserThatAskedForItAndOnce() throws Exception {
        var mine = new ConsoleVisitor();
        var answer = atProvider(mine.get(BELOW + "/begin?next=/console/start").header("Location"));

        var theirs = new ConsoleVisitor().get(answer);
        assertThat(theirs.status()).isEqualTo(403);
        assertThat(theirs.text()).contains("begun in another browser");

        var ticket = mine.cookies().get("__Host-postrider-ticket");
        var taken = mine.get(answer);
        assertThat(taken.status()).isEqualTo(303);
        assertThat(taken.header("Location")).endsWith("/console/start");
        mine.page("/console");

        var again = new ConsoleVisitor();
        again.cookies().put("ticket", ticket);
        assertThat(again.get(answer).text()).contains("ended already");
    }

    @Test
    void whatAProviderSaysInsteadIsShownAsText() {
        var visitor = new ConsoleVisitor();
        var page = URI.create(visitor.get(BELOW + "/begin").header("Location"));
        var state = page.getRawQuery().replaceFirst("^(?:.*&)?state=([^&]*).*$", "$1");

        var answer =
                visitor.get(
                        BELOW
                                + "?state="
                                + state
                                + "&error=access_denied&error_description="
                                + URLEncoder.encode(MARKUP, StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text())
                .contains("did not sign you in (access_denied: ")
                .contains("&lt;script&gt;")
                .doesNotContain("<script>document");
    }

    @Test
    void theTicketIsForThisHostAndTenMinutes() {
        var answer = new ConsoleVisitor().get(BELOW + "/begin?next=https://evil.example");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Set-Cookie"))
                .matches(
                        "__Host-postrider-ticket=[\\w-]+; Path=/; HttpOnly; SameSite=Lax;"
                                + " Max-Age=600; Secure");
        assertThat(new ConsoleVisitor().get("/console/sign-in/openid/nobody/begin").status())
                .isEqualTo(404);
    }

    @Test
    void whoSignsInIsInTheAuditLogWithTheirAddress() {
        signedIn();
        var entry =
                database.read(handle ->
                        handle.createQuery(
                                        """
                                        select action || ' ' || address || ' ' || outcome
                                        from audit_entry
                                        where workspace_id = :workspace
                                          and actor = :actor
                                        """)
                                .bind("workspace", FirstUser.FIRST_WORKSPACE)
                                .bind("actor", name + "@example.org")
                                .mapTo(String.class)
                                .one());
        assertThat(entry).isEqualTo("session.opened 127.0.0.1 done");
    }

    private ConsoleVisitor signedIn() {
        var visitor = new ConsoleVisitor();
        assertThat(back(visitor, BELOW + "/begin").status()).isEqualTo(303);
        return visitor;
    }

    private Answer back(ConsoleVisitor visitor, String begin) {
        return visitor.get(atProvider(visitor.get(begin).header("Location")));
    }

    /** Signs in there; returns where it leads back to. */
    private String atProvider(String page) {
        var form =
                "username="
                        + name
                        + "&claims="
                        + URLEncoder.encode(
                                "{\"email\": \"%s@example.org\"}".formatted(name),
                                StandardCharsets.UTF_8);
        var request =
                HttpRequest.newBuilder(URI.create(page))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
            return answer.headers().firstValue("Location").orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
