package dev.postrider.door.console.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.door.console.ConsoleScene;
import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.door.console.ConsoleVisitor;
import dev.postrider.event.EventType;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What pages of webhooks show and do, without a browser. */
@QuarkusTest
final class WebhookPagesTest {
    private static final String ENDPOINT = "http://127.0.0.1:9/hooks";

    private final Database database;
    private final Users users;
    private ConsoleTenant tenant;
    private ToldTenant told;
    private ConsoleVisitor owner;

    @Inject
    WebhookPagesTest(Database database, Users users) {
        this.database = database;
        this.users = users;
    }

    @BeforeEach
    void signIn() {
        tenant = ConsoleTenant.named(database, users, "Acme");
        told = ToldTenant.of(database, tenant, ENDPOINT);
        owner = ConsoleVisitor.signedIn(tenant.email(Role.OWNER));
    }

    /** Names of other services' events have no words: they never happen. */
    @Test
    void eachEventThatIsToldHasWords() {
        var toldHere =
                Arrays.stream(EventType.values())
                        .takeWhile(type -> type != EventType.EMAIL_DELIVERED)
                        .map(EventType::text)
                        .toList();
        assertThat(EventWords.all().map(EventWords::type))
                .containsExactlyInAnyOrderElementsOf(toldHere);
    }

    @Test
    void aMemberSeesNoneOfIt() {
        var event = told.told("email.sent", "q7x-subject", "delivered", 200, "q7x-answer");
        var member = ConsoleVisitor.signedIn(tenant.email(Role.MEMBER));
        assertThat(member.page("/console/start")).doesNotContain("/console/webhooks");
        for (var path :
                List.of(
                        "/console/webhooks",
                        "/console/webhooks/new",
                        told.path(),
                        told.path() + "/change",
                        told.path() + "/deliveries/" + event)) {
            var answer = member.get(path);
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.text()).as(path).doesNotContain("q7x-").doesNotContain(ENDPOINT);
        }
        for (var path : acts(event.toString())) {
            assertThat(member.post(path).status()).as(path).isEqualTo(403);
        }
        assertThat(tenant.read("/webhooks/" + told.webhook()).path("status").asText())
                .isEqualTo("enabled");
    }

    private List<String> acts(String event) {
        return Stream.concat(
                        Stream.of("/console/webhooks/new"),
                        Stream.of(
                                        "/change",
                                        "/enable",
                                        "/disable",
                                        "/rotate",
                                        "/end-previous-secret",
                                        "/replay",
                                        "/remove",
                                        "/deliveries/" + event + "/replay")
                                .map(act -> told.path() + act))
                .toList();
    }

    @Test
    void anotherWorkspaceSeesNoneOfItEither() {
        var event = told.told("email.sent", "q7x-subject", "delivered", 200, "q7x-answer");
        var stranger =
                ConsoleVisitor.signedIn(
                        ConsoleTenant.named(database, users, "Others").email(Role.OWNER));
        stranger.page("/console/start");
        assertThat(stranger.page("/console/webhooks")).doesNotContain(ENDPOINT);
        for (var path :
                List.of(
                        told.path(),
                        told.path() + "/change",
                        told.path() + "/deliveries/" + event)) {
            var answer = stranger.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.text()).as(path).doesNotContain("q7x-").doesNotContain(ENDPOINT);
        }
        stranger.page("/console/start");
        acts(event.toString()).stream()
                .skip(1)
                .forEach(path -> assertThat(stranger.post(path).status()).as(path).isEqualTo(404));
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"OWNER", "ADMIN"})
    void ownersAndAdminsMakeChangeDisableAndRemoveOne(Role role) {
        var visitor = ConsoleVisitor.signedIn(tenant.email(role));
        visitor.page("/console/webhooks/new");
        var made =
                visitor.post(
                        "/console/webhooks/new",
                        "endpoint",
                        "http://127.0.0.1:9/other",
                        "events",
                        "email.sent",
                        "events",
                        "mailbox.held");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.text()).contains("whsec_");
        var webhook =
                tenant.read("/webhooks")
                        .path("data")
                        .valueStream()
                        .filter(each -> each.path("endpoint").asText().endsWith("/other"))
                        .findFirst()
                        .orElseThrow();
        assertThat(webhook.path("events")).hasSize(2);
        var path = "/console/webhooks/" + webhook.path("id").asText();
        assertThat(visitor.page(path)).contains("Nothing yet.").doesNotContain("whsec_");

        visitor.page(path + "/change");
        assertThat(
                        visitor.post(
                                        path + "/change",
                                        "endpoint",
                                        "http://127.0.0.1:9/third",
                                        "events",
                                        "email.failed")
                                .status())
                .isEqualTo(303);
        assertThat(visitor.page(path)).contains("http://127.0.0.1:9/third");
        assertThat(visitor.post(path + "/disable").status()).isEqualTo(303);
        assertThat(visitor.page(path)).contains("It is disabled").contains("Enable");
        assertThat(visitor.post(path + "/enable").status()).isEqualTo(303);
        assertThat(visitor.page(path)).doesNotContain("It is disabled");
        assertThat(visitor.post(path + "/remove").status()).isEqualTo(303);
        assertThat(visitor.get(path).status()).isEqualTo(404);
    }

    @Test
    void whatIsWrongStandsBesideItsFieldAndTheRestAsItWasFilledIn() {
        owner.page("/console/webhooks/new");
        var answer =
                owner.post(
                        "/console/webhooks/new",
                        "endpoint",
                        "ftp://example.org/<b>",
                        "events",
                        "mailbox.held");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text())
                .contains("must be an https URL")
                .contains("value=\"ftp://example.org/&lt;b&gt;\"")
                .contains("value=\"mailbox.held\" checked")
                .doesNotContain("value=\"email.sent\" checked");
        assertThat(owner.post("/console/webhooks/new", "endpoint", ENDPOINT).text())
                .contains("must be an array of at least one event");
    }

    @Test
    void thoseThatNeedSomebodyComeFirst() {
        var failing = ToldTenant.of(database, tenant, "http://127.0.0.1:9/failing");
        failing.fails(3);
        var givenUp = ToldTenant.of(database, tenant, "http://127.0.0.1:9/given-up");
        givenUp.isGivenUp();
        var page = owner.page("/console/webhooks");
        assertThat(page)
                .containsSubsequence(
                        "/given-up",
                        "Given up",
                        "The endpoint has accepted no call for 5 days.",
                        "/failing",
                        "Failing",
                        "The endpoint answered 500.",
                        "/hooks",
                        "Enabled");
    }

    @Test
    void theListIsFilteredAndHasPages() {
        for (var i = 0; i < 26; i++) {
            told.told("email.sent", "Invoice " + (100 + i), "delivered", 200, "ok");
        }
        var failed = told.told("email.bounced", "Reminder", "failed", 500, "no");
        assertThat(owner.page(told.path()))
                .contains("Reminder")
                .contains("Invoice 125")
                .doesNotContain("Invoice 101")
                .contains("hx-trigger");
        assertThat(owner.page(told.path() + "?state=failed&type="))
                .contains("Reminder")
                .doesNotContain("Invoice 1");
        assertThat(owner.page(told.path() + "?type=email.bounced")).contains(failed.toString());
        assertThat(owner.page(told.path() + "?state=pending")).contains("Nothing fits");
        assertThat(owner.page(told.path() + "?from=2999-01-01T00:00")).contains("Nothing fits");
        assertThat(owner.page(told.path() + "?from=gestern&state=x"))
                .contains("This can&#39;t be looked for: ");

        var first = owner.page(told.path() + "?state=delivered");
        var older = link(first, "Older");
        assertThat(older).contains("state=delivered&after=");
        var second = owner.page(older);
        assertThat(second).contains("Invoice 100").doesNotContain("Invoice 125");
        assertThat(second).doesNotContain("hx-trigger").doesNotContain(">Older<");
        assertThat(owner.page(link(second, "Newer"))).contains("Invoice 125");
    }

    private static String link(String page, String label) {
        var end = page.indexOf("\">" + label + "</a>");
        assertThat(end).as(label).isPositive();
        var start = page.lastIndexOf("href=\"", end) + 6;
        return page.substring(start, end).replace("&amp;", "&");
    }

    @Test
    void oneEventShowsTheRequestAndItsAnswersAndGoesOnceMore() {
        var event = told.told("email.bounced", "Invoice 17", "failed", 500, "out of space");
        var path = told.path() + "/deliveries/" + event;
        assertThat(owner.page(path))
                .contains("Bounced: Invoice 17")
                .contains("The endpoint gave no complete answer within 15 seconds.")
                .contains("out of space")
                .contains("Given up")
                .contains("&quot;subject&quot; : &quot;Invoice 17&quot;");
        var replayed = owner.post(path + "/replay");
        assertThat(replayed.header("Location")).endsWith(path + "?note=replayed");
        assertThat(
                        tenant.read("/webhooks/%s/deliveries/%s".formatted(told.webhook(), event))
                                .path("replayed")
                                .asBoolean())
                .isTrue();
        assertThat(owner.get(told.path() + "/deliveries/" + told.webhook()).status())
                .isEqualTo(404);
        assertThat(owner.get(told.path() + "/deliveries/%3Cscript%3E").status()).isEqualTo(404);
    }

    @Test
    void aTimeSpanGoesOnceMoreByTheReadersClock() {
        told.told("email.sent", "Invoice 17", "failed", 500, "no");
        told.told("email.sent", "Invoice 18", "delivered", 200, "ok");
        owner.page(told.path());
        var replayed =
                owner.post(
                        told.path() + "/replay",
                        "created_after",
                        "2026-01-01T00:00",
                        "states",
                        "failed");
        assertThat(replayed.header("Location")).endsWith("?replayed=1");
        assertThat(owner.page(told.path() + "?replayed=1712"))
                .contains("1,712 events are on their way once more.");
        assertThat(owner.page(told.path() + "?replayed=%3Cb%3E")).doesNotContain("once more.");

        var wrong = owner.post(told.path() + "/replay", "created_after", "gestern");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("must be a time with an offset").contains("gestern");
    }

    @Test
    void aSecretIsChangedShownOnceAndTheOldOneEnded() {
        owner.page(told.path());
        var rotated = owner.post(told.path() + "/rotate", "previous_valid_for", "3600");
        assertThat(rotated.status()).isEqualTo(201);
        assertThat(rotated.text()).contains("whsec_").contains("The secret before signs too until");
        assertThat(owner.page(told.path())).contains("Two are valid").doesNotContain("whsec_");
        assertThat(owner.post(told.path() + "/end-previous-secret").status()).isEqualTo(303);
        assertThat(owner.page(told.path())).doesNotContain("Two are valid");
        var late = owner.post(told.path() + "/end-previous-secret");
        assertThat(late.status()).isEqualTo(404);
        assertThat(late.text()).contains("Only one secret of this webhook is valid");
        assertThat(owner.post(told.path() + "/rotate", "previous_valid_for", "0").text())
                .contains("of no use any more");
    }

    @Test
    void itTakesASecretThatOnesApplicationKnowsAlready() {
        owner.page(told.path());
        var own = "whsec_" + "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        var taken = owner.post(told.path() + "/rotate", "signing_secret", own);
        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.text()).contains(own);

        var refused = owner.post(told.path() + "/rotate", "signing_secret", "whsec_secret-4711");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("id=\"signing_secret-note\"", "must be whsec_")
                .doesNotContain("secret-4711");
    }

    /** Whatever endpoints answer, and senders write, stands there as text. */
    @Test
    void markupIsShownAndDoesNothing() {
        var event =
                told.told(
                        "email.sent",
                        ConsoleScene.MARKUP,
                        "failed",
                        500,
                        ConsoleScene.MARKUP
                                + "</pre></textarea><script src=//evil.example></script>");
        for (var path :
                List.of(
                        told.path(),
                        told.path() + "/deliveries/" + event,
                        told.path() + "?from=" + encoded() + "&until=" + encoded())) {
            assertThat(harmless(path)).as(path).contains("{frame}");
        }
        harmless(told.path() + "?state=" + encoded() + "&type=" + encoded());
        harmless(told.path() + "?after=" + encoded() + "&replayed=" + encoded());
    }

    private String harmless(String path) {
        var page = owner.page(path);
        assertThat(page)
                .as(path)
                .doesNotContain("<script>document")
                .doesNotContain("<img src=x")
                .doesNotContain("<script src=//evil");
        return page;
    }

    private static String encoded() {
        return URLEncoder.encode(ConsoleScene.MARKUP, UTF_8);
    }

    @Test
    void noFormOfAnotherSiteIsTaken() {
        for (var path : acts("1")) {
            assertThat(owner.postWith("forged", path).status()).as(path).isEqualTo(403);
        }
        assertThat(tenant.read("/webhooks/" + told.webhook()).path("status").asText())
                .isEqualTo("enabled");
    }
}
