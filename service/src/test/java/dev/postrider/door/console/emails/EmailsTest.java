package dev.postrider.door.console.emails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.door.console.ConsoleVisitor;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of emails, by hand: who sees and does what, and what stands on them. */
@QuarkusTest
final class EmailsTest {
    private static final String PICTURE =
            Base64.getEncoder().encodeToString(new byte[] {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3});

    private final Users users;
    private final Database database;
    private ConsoleTenant acme;
    private String mailbox = "";

    @Inject
    EmailsTest(Users users, Database database) {
        this.users = users;
        this.database = database;
    }

    @BeforeEach
    void tenant() {
        acme = ConsoleTenant.named(database, users, "Acme");
        mailbox = acme.sandbox("billing@acme.example");
    }

    private ConsoleVisitor visitor(Role role) {
        return ConsoleVisitor.signedIn(acme.email(role));
    }

    @Test
    void itIsFoundByWhatPeopleRemember() {
        scheduled("Rechnung 4711 für Müller", "grace@mueller.example");
        scheduled("Mahnung", "henry@other.example");
        var owner = visitor(Role.OWNER);

        assertThat(owner.page("/console/emails?subject=MULLER+rech&recipient="))
                .contains("Rechnung 4711")
                .doesNotContain("Mahnung");
        assertThat(owner.page("/console/emails?recipient=%40mueller.example"))
                .contains("grace@mueller.example")
                .doesNotContain("henry@other.example");
        assertThat(owner.page("/console/emails?subject=zebra")).contains("No email is like that.");
        assertThat(owner.page("/console/emails?from=2020-01-01&to=2020-01-02"))
                .contains("No email is like that.");
        assertThat(owner.page("/console/emails?state=scheduled&sender=billing"))
                .contains("Mahnung", "Rechnung");
    }

    @ParameterizedTest
    @CsvSource({
        "recipient=a",
        "subject=--",
        "state=gone",
        "tag=x",
        "mailbox_id=x",
        "from=2026-02-30",
        "to=%2B999999999-12-31"
    })
    void whatCannotBeLookedForIsToldBesideIt(String query) {
        var answer = visitor(Role.OWNER).get("/console/emails?" + query);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("role=\"alert\"");
    }

    @Test
    void pagesGoOnAndBack() {
        for (var i = 0; i < 52; i++) {
            scheduled("Number " + (100 + i), "grace@example.org");
        }
        var owner = visitor(Role.OWNER);

        var first = owner.page("/console/emails?subject=number");
        assertThat(first).contains("Number 151", "Number 102").doesNotContain("Number 101");
        var second = owner.page(link(first, "Older"));
        assertThat(second).contains("Number 101", "Number 100").doesNotContain("Number 102");
        assertThat(second).doesNotContain(">Older<");
        assertThat(owner.page(link(second, "Newer"))).contains("Number 151", "Number 102");
    }

    @Test
    void aMemberSeesAndChangesTheirOwnOnly() {
        var id = scheduled("Secret plans", "grace@example.org");
        var member = visitor(Role.MEMBER);

        assertThat(member.page("/console/emails")).doesNotContain("Secret plans");
        for (var path : new String[] {"", "?view=source", "/html", "/message.eml"}) {
            var answer = member.get("/console/emails/" + id + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.text()).doesNotContain("Secret plans");
        }
        for (var act : new String[] {"retry", "cancel", "move"}) {
            assertThat(
                            member.post("/console/emails/" + id + "/" + act, "mailbox_id", mailbox)
                                    .status())
                    .as(act)
                    .isIn(403, 404, 422);
            member.post("/console/emails/change", "act", act, "id", id, "mailbox_id", mailbox);
        }
        assertThat(acme.read("/emails/" + id).path("state").asText()).isEqualTo("scheduled");
    }

    @ParameterizedTest
    @EnumSource(names = {"OWNER", "ADMIN"})
    void whoMayCancels(Role role) {
        var id = scheduled("Too early", "grace@example.org");
        var visitor = visitor(role);
        visitor.page("/console/emails/" + id);

        var answer = visitor.post("/console/emails/" + id + "/cancel");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(visitor.page("/console/emails/" + id + "?note=email_canceled"))
                .contains("It is canceled", "Asked to cancel it");
        var again = visitor.post("/console/emails/" + id + "/cancel");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text()).contains("only a waiting email can be canceled");
    }

    @Test
    void aFailedOneIsRetriedAndAWaitingOneMoves() {
        var id = scheduled("Moved and tried", "grace@example.org");
        var other = acme.sandbox("other@acme.example");
        var owner = visitor(Role.OWNER);
        owner.page("/console/emails/" + id);

        var refused = owner.post("/console/emails/" + id + "/move", "mailbox_id", other);
        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        alias(other);
        assertThat(owner.post("/console/emails/" + id + "/move", "mailbox_id", other).status())
                .isEqualTo(303);
        assertThat(acme.read("/emails/" + id).path("mailbox_id").asText()).isEqualTo(other);

        fail(id);
        assertThat(owner.post("/console/emails/" + id + "/retry").status()).isEqualTo(303);
        assertThat(acme.read("/emails/" + id).path("state").asText()).isNotEqualTo("failed");
    }

    @Test
    void manyAreChangedAndTheRestIsToldOf() {
        var one = scheduled("Bulk", "grace@example.org");
        var two = scheduled("Bulk", "grace@example.org");
        var owner = visitor(Role.OWNER);
        owner.page("/console/emails");

        var answer =
                owner.post(
                        "/console/emails/change",
                        "act",
                        "cancel",
                        "id",
                        one,
                        "id",
                        two,
                        "id",
                        UUID.randomUUID().toString());

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).contains("All are done.", "You have no email with this id");
        assertThat(acme.read("/emails/" + two).path("state").asText()).isEqualTo("canceled");
    }

    @Test
    void allThatASearchFindsAreChangedSliceBySlice() {
        for (var i = 0; i < 60; i++) {
            scheduled("Campaign", "grace@example.org");
        }
        var spared = scheduled("Invoice", "grace@example.org");
        var owner = visitor(Role.OWNER);
        owner.page("/console/emails");

        var first =
                owner.post(
                        "/console/emails/change?subject=campaign", "act", "cancel", "all", "yes");
        assertThat(first.text()).contains("There are more.", ">50</p>");
        var second =
                owner.post(
                        "/console/emails/change?subject=campaign",
                        "act",
                        "cancel",
                        "all",
                        "yes",
                        "done",
                        "50",
                        "after",
                        field(first, "after"));

        assertThat(second.text()).contains("All are done.", ">60</p>");
        assertThat(acme.read("/emails/" + spared).path("state").asText()).isEqualTo("scheduled");
        var nothing = owner.post("/console/emails/change", "act", "cancel", "all", "yes");
        assertThat(nothing.status()).as("without a search").isEqualTo(422);
        assertThat(owner.post("/console/emails/change", "act", "cancel").status())
                .as("without a tick")
                .isEqualTo(422);
    }

    @Test
    void aFormWithoutItsTokenChangesNothing() {
        var id = scheduled("Untouched", "grace@example.org");
        var owner = visitor(Role.OWNER);

        assertThat(owner.postWith("x", "/console/emails/" + id + "/cancel").status())
                .isEqualTo(403);
        assertThat(
                        owner.postWith("x", "/console/emails/change", "act", "cancel", "id", id)
                                .status())
                .isEqualTo(403);
        assertThat(acme.read("/emails/" + id).path("state").asText()).isEqualTo("scheduled");
    }

    @Test
    void theStoryTellsWhoSentItAndWhatItWaitsFor() {
        var key = acme.owner.post("/api-keys", "{\"name\": \"Invoicing\"}").json();
        var sent =
                Api.underTest()
                        .with(key.path("token").asText())
                        .post("/emails", email("By a key", "grace@example.org", ""));

        var page = visitor(Role.ADMIN).page("/console/emails/" + sent.json().path("id").asText());

        assertThat(page)
                .contains(
                        "From " + acme.email(Role.OWNER) + ", with the API key Invoicing.",
                        "Waits for its time",
                        "grace@example.org",
                        "Not yet");
    }

    @Test
    void theMessageIsShownInAFrameThatMayDoNothing() {
        var html =
                "<h1>Hello</h1><script>alert(1)</script><img src='cid:logo'>"
                        + "<img src='https://spy.example/x.png'>";
        var id = with(html);
        var owner = visitor(Role.OWNER);

        var page = owner.page("/console/emails/" + id + "?view=message");
        assertThat(page)
                .contains(
                        "<iframe class=\"message\" title=\"The message\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\" src=")
                .contains("Pictures of other servers aren't loaded")
                .doesNotContain("alert(1)", "spy.example");
        var frame = owner.get("/console/emails/" + id + "/html");
        assertThat(frame.text()).contains("<h1>Hello</h1>", "data:image/png;base64," + PICTURE);
        assertThat(frame.header("Content-Security-Policy"))
                .isEqualTo(
                        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
                                + " base-uri 'none'; form-action 'none'; frame-ancestors 'self'");
        assertThat(frame.header("X-Frame-Options")).isEqualTo("SAMEORIGIN");
        assertThat(
                        owner.get("/console/emails/" + id + "/html?outside=yes")
                                .header("Content-Security-Policy"))
                .contains("img-src data: https: http:;", "sandbox allow-popups")
                .doesNotContain("script-src");
    }

    @Test
    void filesAreDownloadedWhateverTheyAreCalled() {
        var id = with("<p>x</p>");
        var owner = visitor(Role.OWNER);
        var page = owner.page("/console/emails/" + id + "?view=files");
        var link = Pattern.compile("/console/emails/[^\"]+/files/[^\"]+").matcher(page);
        assertThat(link.find()).as(page).isTrue();
        assertThat(page).contains("&lt;img src=x").doesNotContain("<img src=x");

        var file = owner.get(link.group());

        assertThat(file.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(file.header("Content-Disposition"))
                .matches("attachment; filename\\*=UTF-8''[\\w.*%-]+");
        var source = owner.get("/console/emails/" + id + "/message.eml");
        assertThat(source.text()).contains("Message-ID:");
        assertThat(owner.page("/console/emails/" + id + "?view=headers"))
                .contains("Message-ID", "billing@acme.example");
        assertThat(owner.page("/console/emails/" + id + "?view=source")).contains("boundary=");
        assertThat(owner.page("/console/emails/" + id + "?view=text")).contains("Text of it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-7000-8000-000000000000", "x", "%2e%2e%2fme", "a%3Fb"})
    void whatIsNotThereIsToldSo(String id) {
        var answer = visitor(Role.OWNER).get("/console/emails/" + id);

        assertThat(answer.status()).isIn(404, 422);
        assertThat(answer.text()).contains("<h1>").doesNotContain(acme.email(Role.ADMIN));
    }

    private String with(String html) {
        return acme.made(
                "/emails",
                email(
                        "Files",
                        "grace@example.org",
                        ("\"html\": \"%s\", \"attachments\": [{\"filename\": \"logo.png\", \"content\": \"%s\","
                                        + " \"content_id\": \"logo\", \"content_type\": \"image/png\"},"
                                        + " {\"filename\": %s, \"content\": \"%s\"}],")
                                .formatted(
                                        html,
                                        PICTURE,
                                        "\"<img src=x onerror=alert(1)>.txt\"",
                                        PICTURE)));
    }

    private String scheduled(String subject, String to) {
        return acme.made("/emails", email(subject, to, ""));
    }

    private static String email(String subject, String to, String more) {
        return ("{\"from\": \"billing@acme.example\", \"to\": \"%s\", \"subject\": \"%s\", %s"
                        + " \"text\": \"Text of it\", \"scheduled_at\": \"in 1 day\"}")
                .formatted(to, subject, more);
    }

    private void alias(String other) {
        database.read(handle ->
                handle.execute(
                        "update mailbox set aliases = '{billing@acme.example}' where id = ?",
                        UUID.fromString(other)));
    }

    private void fail(String id) {
        database.read(handle ->
                handle.execute(
                        "update email set state = 'failed', due_at = null, finished_at = now() where id = ?",
                        UUID.fromString(id)));
    }

    private static String link(String page, String words) {
        var link = Pattern.compile("href=\"([^\"]+)\">" + words + "<").matcher(page);
        assertThat(link.find()).as(words + " in " + page).isTrue();
        return link.group(1).replace("&amp;", "&");
    }

    private static String field(Answer page, String name) {
        var field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(page.text());
        assertThat(field.find()).as(page.text()).isTrue();
        return field.group(1);
    }
}
