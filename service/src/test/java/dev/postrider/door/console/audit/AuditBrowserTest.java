package dev.postrider.door.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleScene;
import dev.postrider.door.console.ConsoleVisitor;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

/** The audit log in a real browser, for those who may look. */
@QuarkusTest
final class AuditBrowserTest extends ConsoleScene {
    @Inject
    AuditBrowserTest(Users users, Database database) {
        super(users, database);
    }

    private void doThings() {
        var mailbox = acme.sandbox("ann@" + acme.workspace + ".example");
        acme.as(Role.ADMIN).patch("/mailboxes/" + mailbox, "{\"display_name\": \"Ann\"}");
        acme.as(Role.ADMIN).delete("/users/" + NewId.get());
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"OWNER", "ADMIN"})
    void whatWasDoneIsToldInWordsAndLookedFor(Role role) {
        doThings();
        signIn(role);
        window.click("Audit log");
        window.waitForTitle("Audit log · Postrider");
        assertThat(window.text())
                .contains("Connected a mailbox")
                .contains("Changed a mailbox")
                .contains("Tried to remove a user")
                .contains("Refused: not there")
                .contains("Signed in");
        looksRight("audit-" + role.code());

        window.find("#action").sendKeys("Mailboxes");
        window.find("#actor").sendKeys(acme.email(Role.ADMIN), Keys.ENTER);
        window.waitForUrl(Api.publicUrl() + "/console/audit?actor=");
        assertThat(window.text())
                .contains("Changed a mailbox")
                .doesNotContain("Connected a mailbox")
                .doesNotContain("Tried to remove a user");

        assertThat(window.fetched("a[download]"))
                .startsWith("200 id,at,")
                .contains("mailbox.changed")
                .doesNotContain("mailbox.connected");

        window.click("all about it");
        window.waitForUrl(Api.publicUrl() + "/console/audit?subject_id=");
        assertThat(window.text()).contains("Changed a mailbox").contains("Connected a mailbox");
        window.click("Show all");
        window.waitForUrl(Api.publicUrl() + "/console/audit");
    }

    @Test
    void nothingFoundIsSaidAndSoIsAWrongField() {
        signIn(Role.OWNER);
        go("/console/audit?actor=nobody@example.org");
        assertThat(window.text()).contains("Nothing like that is in the log.");
        looksRight("audit-empty");

        go("/console/audit?subject_id=7&outcome=done");
        assertThat(window.text()).contains("must be an id");
        complainsOf(422);
    }

    @Test
    void whatWasDoneMeanwhileAppears() {
        signIn(Role.OWNER);
        go("/console/audit?action=mailbox.");
        assertThat(window.text()).contains("Nothing like that is in the log.");
        assertThat(window.find("#entries").getAttribute("hx-trigger")).isEqualTo("every 10s");
        doThings();
        // as every ten seconds
        window.run(
                "htmx.ajax('GET', location.href,"
                        + " {target: '#entries', select: '#entries', swap: 'outerHTML'})");
        window.waitForText("Connected a mailbox");
    }

    @Test
    void pagesLeadToOlderOnesAndBack() {
        database.read(handle ->
                handle.execute(
                        """
                        insert into audit_entry (workspace_id, id, actor, action, subject_kind, subject, outcome)
                        select ?, cast(lpad(to_hex(i), 32, '0') as uuid), 'many', 'test.many', 'test',
                               'number ' || i, 'done'
                        from generate_series(1, 120) as i
                        """,
                        acme.workspace));
        signIn(Role.OWNER);
        go("/console/audit?actor=many");
        assertThat(window.text())
                .contains("number 120")
                .contains("number 71")
                .doesNotContain("number 70");
        window.click("Older");
        window.waitForText("number 70");
        window.click("Older");
        window.waitForText("number 19");
        assertThat(window.text()).doesNotContain("number 21");
        window.click("Newer");
        window.waitForText("number 70");
        assertThat(window.text()).contains("number 21");
    }

    @Test
    void theFileHasWhatThePageHas() {
        doThings();
        var visitor = ConsoleVisitor.signedIn(acme.email(Role.ADMIN));
        var file = visitor.get("/console/audit/export?action=mailbox.connected");

        assertThat(file.header("Content-Type")).startsWith("text/csv");
        assertThat(file.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"audit-log.csv\"");
        assertThat(file.text().lines()).hasSize(2);
        assertThat(file.text()).contains("mailbox.connected").contains(acme.email(Role.OWNER));
        assertThat(visitor.page("/console/audit?action=audit_log.exported"))
                .contains("Downloaded this log");
    }

    /** An actor's name and a subject's are others' words. */
    @Test
    void markupIsShownAsItIs() {
        database.read(handle ->
                handle.execute(
                        """
                        insert into audit_entry
                            (workspace_id, id, actor, address, action, subject_kind, subject_id, subject, outcome)
                        values (?, ?, ?, ?, ?, ?, ?, ?, 'done')
                        """,
                        acme.workspace,
                        NewId.get(),
                        MARKUP,
                        MARKUP,
                        MARKUP,
                        MARKUP,
                        NewId.get(),
                        MARKUP));
        signIn(Role.OWNER);
        go("/console/audit");
        nothingRan();
        for (var field : Map.of("actor", MARKUP, "address", MARKUP, "action", MARKUP).entrySet()) {
            go("/console/audit" + AuditQuery.encoded(Map.of(field.getKey(), field.getValue())));
            assertThat(window.title()).isEqualTo("Audit log · Postrider");
        }
    }

    @Test
    void membersSeeNothingOfIt() {
        signIn(Role.MEMBER);
        assertThat(window.text()).doesNotContain("Audit log");
        go("/console/audit");
        assertThat(window.text()).contains("Not yours to see");
        complainsOf(403);
        var visitor = ConsoleVisitor.signedIn(acme.email(Role.MEMBER));
        assertThat(visitor.get("/console/audit/export").status()).isEqualTo(403);
    }
}
