package dev.postrider.door.console.emails;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.postrider.door.console.ConsoleScene;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

/** The pages of emails in a real browser: found, read, helped on. */
@QuarkusTest
final class EmailsBrowserTest extends ConsoleScene {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    EmailsBrowserTest(Users users, Database database) {
        super(users, database);
    }

    @ParameterizedTest
    @EnumSource
    void everyRoleSeesAListInWordsOrWhyThereIsNone(Role role) {
        inbox();
        signIn(role);
        go("/console/emails");

        if (role == Role.MEMBER) {
            assertThat(window.text()).contains("There are no emails yet.");
            looksRight("emails-none");
        } else {
            assertThat(window.text()).contains("Invoice 2026-0417", "Scheduled", "Failed", "Sent");
            looksRight("emails-" + role.code());
        }
    }

    @Test
    void supportFindsTheInvoiceAndReadsItsStory() throws Exception {
        var id = inbox();
        signIn(Role.OWNER);
        go("/console/emails");
        window.find("#recipient").sendKeys("@mueller.example");
        window.find("#subject").sendKeys("invoi", Keys.ENTER);
        window.waitForUrl(Api.publicUrl() + "/console/emails?recipient=");
        assertThat(window.text()).contains("Invoice 2026-0417").doesNotContain("Reminder");
        looksRight("emails-search");
        window.click("Invoice 2026-0417");
        window.waitForTitle("Invoice 2026-0417 · Postrider");

        assertThat(window.text())
                .contains("Accepted", "Attempt 1: the server took it", "Taken by the server");
        looksRight("email-story");
        for (var view : List.of("message", "text", "headers", "source", "files")) {
            go("/console/emails/" + id + "?view=" + view);
            looksRight("email-" + view);
        }
        assertThat(window.fetched("a[download]")).startsWith("200 ");
    }

    @Test
    void whatFailedTellsWhyAndIsRetriedHere() {
        var id = failed();
        signIn(Role.ADMIN);
        go("/console/emails/" + id);
        assertThat(window.text()).contains("550 5.1.1 No such user here");
        looksRight("email-failed");

        window.click("Retry");
        window.waitForUrl(Api.publicUrl() + "/console/emails/" + id + "?note=email_retried");
        assertThat(window.text()).contains("It is sent again now.");
    }

    @ParameterizedTest
    @EnumSource
    void everyRoleMovesAndCancelsTheirOwnAndTheStorySaysWhoDidIt(Role role) {
        var mine = acme.as(role);
        sandbox(mine, "ann@acme.example");
        var other = sandbox(mine, "desk@acme.example");
        mine.patch("/mailboxes/" + other, "{\"aliases\": [\"ann@acme.example\"]}");
        var id =
                email(
                        mine,
                        Map.of(
                                "from",
                                "ann@acme.example",
                                "subject",
                                "Offer 12",
                                "scheduled_at",
                                "in 2 days"));
        signIn(role);
        go("/console/emails/" + id);
        window.click("Move …");
        window.find("#to-mailbox").sendKeys("nobody@acme.example");
        window.click("Move it");
        window.waitForText("is no mailbox that you see");
        complainsOf(422);
        window.click("Move …");
        window.find("#to-mailbox").sendKeys("desk@acme.example");
        window.click("Move it");
        window.waitForText("It waits in its new mailbox now.");
        window.click("Cancel …");
        window.click("Cancel the email");
        window.waitForText("It is canceled, and won't be sent.");

        assertThat(window.text())
                .containsSubsequence(
                        "Accepted",
                        "Moved to desk@acme.example",
                        "By " + acme.email(role) + ". It waited in ann@acme.example before.",
                        "Asked to cancel it",
                        "By " + acme.email(role) + ".",
                        "Canceled");
        assertThat(window.text()).as("what the state says already").doesNotContain("Canceled.");
        assertThat(window.forms()).noneMatch(form -> form.contains(id));
        if (role == Role.OWNER) {
            looksRight("email-canceled");
        }
    }

    @Test
    void thoseThatAreTickedAreRetriedAndThenMoved() {
        acme.sandbox("billing@acme.example");
        var other = acme.sandbox("desk@acme.example");
        acme.owner.patch("/mailboxes/" + other, "{\"aliases\": [\"billing@acme.example\"]}");
        failed();
        var waits = email(Map.of("subject", "Offer 12", "scheduled_at", "in 2 days"));
        signIn(Role.ADMIN);
        go("/console/emails");
        window.find("[name=id]:not([value='" + waits + "'])").click();
        window.click("Retry");
        window.waitForTitle("Retry emails · Postrider");
        assertThat(window.find(".tile .value").getText()).isEqualTo("1");
        window.click("Back to the list");
        window.waitForTitle("Emails · Postrider");

        window.find("[name=id][value='" + waits + "']").click();
        window.click("Move …");
        window.find("#to-mailbox").sendKeys("desk@acme.example", Keys.ENTER);
        assertThat(window.title()).as("no act is chosen by a key").isEqualTo("Emails · Postrider");
        window.click("Move the emails");
        window.waitForTitle("Move emails · Postrider");
        assertThat(window.find(".tile .value").getText()).isEqualTo("1");
        assertThat(acme.read("/emails/" + waits).path("mailbox_id").asText()).isEqualTo(other);
    }

    /** As many mailboxes as no list to choose from holds. */
    @Test
    void amongManyMailboxesOneIsFoundByItsAddress() {
        var needle = acme.sandbox("needle@acme.example");
        acme.owner.patch("/mailboxes/" + needle, "{\"aliases\": [\"billing@acme.example\"]}");
        var home = acme.sandbox("billing@acme.example");
        many(home, 250);
        email(Map.of("from", "needle@acme.example", "subject", "By the needle"));
        var id = email(Map.of("subject", "By another", "scheduled_at", "in 2 days"));
        signIn(Role.OWNER);
        go("/console/emails");
        window.click("Mailbox, tag, time");
        window.find("#mailbox").sendKeys("eedl");
        window.waitForElement("#mailbox-choices option[value='needle@acme.example']");
        window.find("#mailbox").clear();
        window.find("#mailbox").sendKeys("Needle@acme.example", Keys.ENTER);
        window.waitForUrl(Api.publicUrl() + "/console/emails?recipient=");
        assertThat(window.text()).contains("By the needle").doesNotContain("By another");
        assertThat(window.find("#mailbox").getAttribute("value")).isEqualTo("needle@acme.example");

        go("/console/emails/" + id);
        window.click("Move …");
        window.find("#to-mailbox").sendKeys("needle@acme.example", Keys.ENTER);
        window.waitForText("It waits in its new mailbox now.");
        assertThat(acme.read("/emails/" + id).path("mailbox_id").asText()).isEqualTo(needle);

        go("/console/emails?mailbox_id=nobody@acme.example");
        assertThat(window.find("#mailbox-note").getText()).contains("is no mailbox that you see");
        complainsOf(422);
        go("/console/keys");
        window.find("#name").sendKeys("needle's");
        window.find("#mailbox").sendKeys("needle@acme.example");
        window.click("Make a key");
        window.waitForText("as needle@acme.example alone");
    }

    /** A link of a message leads out, and takes nothing of the console along. */
    @Test
    void linksOfAMessageOpenInATabOfTheirOwn() throws IOException {
        var referrers = new LinkedBlockingQueue<String>();
        var shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext(
                "/",
                request -> {
                    if (request.getRequestURI().getPath().equals("/pay")) {
                        referrers.add(
                                String.valueOf(request.getRequestHeaders().getFirst("Referer")));
                    } else {
                        referrers.add(request.getRequestURI().getPath());
                    }
                    var page = "<!DOCTYPE html><title>The shop</title>".getBytes(UTF_8);
                    request.getResponseHeaders().add("Content-Type", "text/html");
                    request.sendResponseHeaders(200, page.length);
                    request.getResponseBody().write(page);
                    request.close();
                });
        shop.start();
        try {
            var there = "http://127.0.0.1:" + shop.getAddress().getPort();
            acme.sandbox("billing@acme.example");
            var id =
                    email(
                            Map.of(
                                    "html",
                                    ("<link rel=stylesheet href='%1$s/style.css'><img src='%1$s/pixel.png'>"
                                                    + "<p><a href='%1$s/pay' target=_top rel=opener ping='%1$s/ping'>Pay here</a>"
                                                    + "<p><a href=\"javascript:parent.document.title='owned'\">Or there</a>")
                                            .formatted(there)));
            sent(id);
            signIn(Role.OWNER);
            go("/console/emails/" + id + "?view=message");
            window.clickInFrame(".message", "Pay here");
            window.inNewTab(() -> {
                window.waitForTitle("The shop");
                assertThat(window.url()).isEqualTo(there + "/pay");
                assertThat(window.evaluated("window.opener")).isEqualTo("null");
            });
            assertThat(referrers.poll()).isEqualTo("null");
            assertThat(window.title()).isEqualTo("Hello · Postrider");

            window.clickInFrame(".message", "Or there");
            assertThat(window.title()).isEqualTo("Hello · Postrider");
            assertThat(referrers).filteredOn(path -> !path.contains("favicon")).isEmpty();
            assertThat(window.complaints(Api.publicUrl()))
                    .as("what the message wanted, and didn't get")
                    // mixed content isn't upgraded; the policy has blocked it, as the shop knows
                    .allMatch(line ->
                            line.contains("Content Security Policy")
                                    || line.contains("Mixed Content"))
                    .anyMatch(line -> line.contains("Content Security Policy"));
        } finally {
            shop.stop(0);
        }
    }

    @Test
    void allThatASearchFindsAreCanceledWithProgress() {
        acme.sandbox("billing@acme.example");
        for (var i = 0; i < 55; i++) {
            email(Map.of("subject", "Spring sale", "scheduled_at", "in 1 day"));
        }
        signIn(Role.OWNER);
        go("/console/emails?subject=spring");
        window.click("All that this search finds");
        window.click("Cancel …");
        window.click("Cancel the emails");

        window.waitForTitle("Cancel emails · Postrider");
        window.waitForText("All are done.");
        assertThat(window.find(".tile .value").getText()).isEqualTo("55");
        looksRight("emails-progress");
    }

    @Test
    void whatComesFromOutsideIsTextOnEveryPage() throws Exception {
        acme.sandbox("billing@acme.example");
        var id =
                email(
                        Map.of(
                                "subject",
                                MARKUP,
                                "to",
                                List.of(
                                        "\""
                                                + MARKUP.replace("\"", "'")
                                                + "\" <grace@example.org>"),
                                "html",
                                "<p>Hi</p>" + MARKUP,
                                "text",
                                MARKUP,
                                "scheduled_at",
                                "in 1 day",
                                "tags",
                                List.of(Map.of("name", "kind", "value", "a-b")),
                                "attachments",
                                List.of(
                                        Map.of(
                                                "filename",
                                                MARKUP.replace("/", "|") + ".txt",
                                                "content",
                                                "aGk="))));
        var uuid = UUID.fromString(id);
        database.inTransaction(handle -> {
            handle.execute(
                    "update recipient set reply = ?, code = 550 where email_id = ?", MARKUP, uuid);
            handle.execute(
                    "update email set tags = jsonb_build_object(cast(? as text), cast(? as text)), author = ? where id = ?",
                    MARKUP,
                    MARKUP,
                    MARKUP + " <billing@acme.example>",
                    uuid);
            return handle.execute(
                    """
                    insert into attempt (workspace_id, email_id, number, node, epoch, begun_at, outcome, server,
                                         tls, reply)
                    values (?, ?, 1, 'n', 1, now(), 'deferred', ?, ?, ?)
                    """,
                    acme.workspace,
                    uuid,
                    MARKUP,
                    MARKUP,
                    MARKUP);
        });
        signIn(Role.OWNER);
        go("/console/emails");
        nothingRan();
        for (var view : List.of("story", "text", "headers", "source", "files")) {
            go("/console/emails/" + id + "?view=" + view);
            nothingRan();
        }
        go("/console/emails/" + id + "?view=message");
        nothingRan();
        assertThat(window.complaints(Api.publicUrl()))
                .as("what the frame's message wanted, and didn't get")
                .allMatch(line ->
                        line.contains("sandbox") || line.contains("Content Security Policy"));
    }

    /** A sent invoice with a picture, a scheduled reminder, one that failed; the invoice's id. */
    private String inbox() {
        acme.sandbox("billing@acme.example");
        var id =
                email(
                        Map.of(
                                "from",
                                "Acme Billing <billing@acme.example>",
                                "to",
                                List.of("Grace Müller <grace@mueller.example>"),
                                "cc",
                                List.of("books@mueller.example"),
                                "subject",
                                "Invoice 2026-0417",
                                "html",
                                "<img src='cid:logo' alt='Acme'><h1>Your invoice</h1><p>Dear Grace,</p>"
                                        + "<p>please find <b>invoice 2026-0417</b> over 1,190.00 € attached.</p>",
                                "text",
                                "Dear Grace,\n\nplease find invoice 2026-0417 over 1,190.00 € attached.\n",
                                "tags",
                                List.of(Map.of("name", "kind", "value", "invoice")),
                                "attachments",
                                List.of(
                                        Map.of(
                                                "filename",
                                                "logo.png",
                                                "content",
                                                picture(),
                                                "content_id",
                                                "logo",
                                                "content_type",
                                                "image/png"),
                                        Map.of(
                                                "filename",
                                                "invoice-2026-0417.pdf",
                                                "content",
                                                "JVBERi0xLjcK"))));
        sent(id);
        email(Map.of("subject", "Reminder: invoice 2026-0398", "scheduled_at", "in 2 days"));
        failed();
        return id;
    }

    private String failed() {
        if (acme.read("/mailboxes").path("data").isEmpty()) {
            acme.sandbox("billing@acme.example");
        }
        var id = email(Map.of("subject", "Your order has shipped"));
        sent(id);
        database.inTransaction(handle -> {
            handle.execute(
                    """
                    update recipient
                    set state = 'refused', code = 550, enhanced = '5.1.1', reply = '550 5.1.1 No such user here'
                    where email_id = ?
                    """,
                    UUID.fromString(id));
            handle.execute(
                    """
                    update attempt
                    set outcome = 'recipients_refused', code = 550, enhanced = '5.1.1',
                        server = 'mail.acme.example [192.0.2.7]', tls = 'TLSv1.3',
                        reply = '550 5.1.1 No such user here'
                    where email_id = ?
                    """,
                    UUID.fromString(id));
            return handle.execute(
                    "update email set state = 'failed', reason = 'No recipient took it.' where id = ?",
                    UUID.fromString(id));
        });
        return id;
    }

    private void sent(String id) {
        var end = System.nanoTime() + 30_000_000_000L;
        while (!acme.read("/emails/" + id).path("state").asText().equals("sent")) {
            assertThat(System.nanoTime()).as("sent in time").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Like one that is there, with other addresses; they only stand in lists. */
    private void many(String mailbox, int count) {
        database.read(handle ->
                handle.execute(
                        """
                        insert into mailbox
                        select (jsonb_populate_record(
                                   mailbox,
                                   jsonb_build_object(
                                       'id', gen_random_uuid(),
                                       'address', 'box' || i || '@acme.example',
                                       'is_default', false))).*
                        from mailbox
                        cross join generate_series(1, ?) as i
                        where id = ?
                        """,
                        count,
                        UUID.fromString(mailbox)));
    }

    private static String sandbox(Api api, String address) {
        var made =
                api.post(
                        "/mailboxes",
                        "{\"address\": \"%s\", \"provider\": \"sandbox\"}".formatted(address));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asText();
    }

    private String email(Map<String, Object> more) {
        return email(acme.owner, more);
    }

    private static String email(Api api, Map<String, Object> more) {
        try {
            var body = JSON.createObjectNode();
            body.put("from", "billing@acme.example");
            body.putArray("to").add("grace@example.org");
            body.put("subject", "Hello");
            body.put("text", "Hello.");
            more.forEach((name, value) -> body.set(name, JSON.valueToTree(value)));
            var made = api.post("/emails", JSON.writeValueAsString(body));
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            return made.json().path("id").asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String picture() {
        try {
            var image = new BufferedImage(160, 48, BufferedImage.TYPE_INT_RGB);
            var draw = image.createGraphics();
            draw.setColor(new Color(0x1c57b0));
            draw.fillRect(0, 0, 160, 48);
            draw.setColor(Color.WHITE);
            draw.fillOval(12, 12, 24, 24);
            draw.fillRect(48, 18, 96, 12);
            draw.dispose();
            var out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return Base64.getEncoder().encodeToString(out.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
