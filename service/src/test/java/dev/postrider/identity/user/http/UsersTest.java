package dev.postrider.identity.user.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.door.console.ConsoleTenant;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /users}, {@code /me} and {@code /password} of a running program. */
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one login is enough
final class UsersTest {
    private static final String PASSWORD = "eine lange Leiter";

    private final Database database;
    private final Users users;
    private final Api owner =
            Api.underTest().loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);

    @Inject
    UsersTest(Database database, Users users) {
        this.database = database;
        this.users = users;
    }

    /** A user whom a test made. */
    private record Person(String id, String email, Api api) {
        String path() {
            return "/users/" + id;
        }
    }

    @Test
    void whoIsInvitedChoosesAPasswordWithATicketThatIsGoodOnce() {
        var email = email();
        var invited = create("{\"email\": \"%s\"}".formatted(email));
        assertThat(invited.status()).isEqualTo(201);
        assertThat(invited.header("Location"))
                .endsWith("/users/" + invited.json().path("id").asText());
        assertThat(invited.json().path("has_password").asBoolean()).isFalse();
        assertThat(invited.json().path("role").asText()).isEqualTo("member");

        var ticket = invited.json().path("ticket").path("ticket").asText();
        assertThat(choose(ticket, "short").status()).isEqualTo(422);
        assertThat(choose(ticket, PASSWORD).status()).isEqualTo(204);
        assertThat(choose(ticket, PASSWORD).json().path("errors").get(0).path("field").asText())
                .isEqualTo("ticket");
        var me = Api.underTest().loggedIn(email, PASSWORD).get("/me").json();
        assertThat(me.path("email").asText()).isEqualTo(email);
        assertThat(me.has("ticket")).isFalse();
        assertThat(owner.get("/users/" + me.path("id").asText()).json()).isEqualTo(me);
    }

    @Test
    void howUsersSignInAndWhenTheyLastDidIsShown() {
        var email = email();
        var invited = create("{\"email\": \"%s\"}".formatted(email)).json();
        var path = "/users/" + invited.path("id").asText();
        assertThat(invited.path("sign_in").asText()).isEqualTo("invited");
        assertThat(Instant.parse(invited.path("ticket_expires_at").asText()))
                .isCloseTo(
                        invited.path("ticket").path("expires_at").asText(),
                        within(1, ChronoUnit.MILLIS));
        assertThat(invited.path("ticket").path("url").asText())
                .isEqualTo(
                        Api.publicUrl()
                                + "/console/password?ticket="
                                + invited.path("ticket").path("ticket").asText());
        assertThat(invited.has("last_login_at")).isFalse();

        var before = Instant.now().minusSeconds(1);
        choose(invited.path("ticket").path("ticket").asText(), PASSWORD);
        var api = Api.underTest().loggedIn(email, PASSWORD);
        connect(new Person(invited.path("id").asText(), email, api));
        var seen = owner.get(path).json();
        assertThat(seen.path("sign_in").asText()).isEqualTo("password");
        assertThat(seen.has("ticket_expires_at")).isFalse();
        assertThat(Instant.parse(seen.path("last_login_at").asText())).isAfter(before);
        assertThat(seen.path("mailboxes").asInt()).isEqualTo(1);
    }

    @Test
    void usersAreFoundByWordsAndByWhetherTheyCanSignIn() {
        var mark = UUID.randomUUID().toString();
        create(user("Ann." + mark + "@example.org", "member"));
        var link = owner.post("/connect-links", "{\"external_id\": \"crm-%s\"}".formatted(mark));
        assertThat(link.status()).as(link.text()).isEqualTo(201);
        assertThat(names("search=" + mark)).hasSize(2);
        assertThat(names("search=ann%20" + mark)).containsExactly("Ann." + mark + "@example.org");
        assertThat(names("can_sign_in=true&search=" + mark))
                .containsExactly("Ann." + mark + "@example.org");
        assertThat(names("can_sign_in=false&search=" + mark)).containsExactly("crm-" + mark);
        var theirs = owner.get("/users?external_id=crm-" + mark).json().path("data").get(0);
        assertThat(theirs.path("sign_in").asText()).isEqualTo("none");
        assertThat(owner.get("/users?can_sign_in=maybe").status()).isEqualTo(422);
    }

    private List<String> names(String query) {
        var names = new ArrayList<String>();
        owner.get("/users?" + query)
                .json()
                .path("data")
                .forEach(each ->
                        names.add(each.path("email").asText() + each.path("external_id").asText()));
        return names;
    }

    @Test
    void anAddressIsOneUser() {
        var taken = create(user("aDMIN@eXAMPLE.com", "member"));
        assertThat(taken.status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{}; email",
                "{'email': 'nobody'}; email",
                "{'email': 'a@b', 'role': 'king'}; role",
                "{'email': 'a@b', 'password': 'short'}; password",
            })
    void whatIsWrongIsNamed(String body, String field) {
        var answer = create(body.replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").get(0).path("field").asText()).isEqualTo(field);
    }

    @Test
    void aMemberSeesAndChangesNobody() {
        var member = person("member");
        var other = person("member");
        assertThat(member.api().get("/users").status()).isEqualTo(403);
        assertThat(member.api().get(other.path()).status()).isEqualTo(403);
        assertThat(member.api().get(member.path()).status()).isEqualTo(403);
        assertThat(member.api().post("/users", user(email(), "member")).status()).isEqualTo(403);
        assertThat(patch(member.api(), member, "{\"role\": \"owner\"}").status()).isEqualTo(403);
        assertThat(member.api().delete(other.path()).status()).isEqualTo(403);
        assertThat(member.api().post(other.path() + "/password-ticket", "").status())
                .isEqualTo(403);
        assertThat(member.api().get("/audit-log").status()).isEqualTo(403);
        assertThat(member.api().get("/me").status()).isEqualTo(200);
    }

    @Test
    void anAdminManagesEverybodyButOwners() {
        var admin = person("admin");
        var member = person("member");
        var owners = owner.get("/me").json().path("id").asText();
        assertThat(patch(admin.api(), member, "{\"role\": \"admin\"}").status()).isEqualTo(200);
        assertThat(patch(admin.api(), member, "{\"role\": \"owner\"}").status()).isEqualTo(403);
        assertThat(admin.api().post("/users", user(email(), "owner")).status()).isEqualTo(403);
        assertThat(admin.api().post("/users/" + owners + "/password-ticket", "").status())
                .isEqualTo(403);
        assertThat(admin.api().delete("/users/" + owners).status()).isEqualTo(403);
        assertThat(admin.api().delete(member.path()).status()).isEqualTo(200);
        assertThat(admin.api().get(member.path()).status()).isEqualTo(404);
    }

    /** In a workspace of their own: other tests make owners in the first. */
    @Test
    void theLastOwnerStays() {
        var last = ConsoleTenant.named(database, users, "Last").owner;
        var me = last.get("/me").json().path("id").asText();
        var itself = new Person(me, "", last);
        assertThat(patch(last, itself, "{\"role\": \"member\"}").status()).isEqualTo(409);
        assertThat(patch(last, itself, "{\"active\": false}").status()).isEqualTo(409);
        assertThat(last.delete("/users/" + me).status()).isEqualTo(409);
    }

    @Test
    void whoIsDeactivatedIsOutAtOnceAndTheirMailboxesRestUntilTheyAreIn() {
        var user = person("member");
        var mailbox = connect(user);
        assertThat(patch(owner, user, "{\"active\": false}").json().path("active").asBoolean())
                .isFalse();
        assertThat(user.api().get("/me").status()).isEqualTo(401);
        assertThat(logIn(user.email(), PASSWORD).status()).isEqualTo(400);
        var paused = owner.get(mailbox).json();
        assertThat(paused.path("state").asText()).isEqualTo("paused");
        assertThat(paused.path("reason").asText()).isEqualTo("Its user is deactivated.");

        patch(owner, user, "{\"active\": true}");
        assertThat(owner.get(mailbox).json().path("state").asText()).isEqualTo("active");
        assertThat(user.api().get("/me").status()).as("old sessions stay ended").isEqualTo(401);
        assertThat(logIn(user.email(), PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aDeletedUsersMailboxesAreKeptOrRemovedAsIsSaid() {
        var leaving = person("member");
        var mailbox = connect(leaving);
        assertThat(owner.delete(leaving.path()).json().path("detail").asText())
                .contains("mailboxes=keep", "mailboxes=remove");
        assertThat(owner.delete(leaving.path() + "?mailboxes=burn").status()).isEqualTo(422);
        assertThat(owner.delete(leaving.path() + "?mailboxes=keep").status()).isEqualTo(200);
        assertThat(owner.get(mailbox).json().has("user_id")).isFalse();
        assertThat(leaving.api().get("/me").status()).isEqualTo(401);
        assertThat(owner.delete(mailbox).status()).isEqualTo(200);

        var other = person("member");
        var box = connect(other);
        assertThat(owner.delete(other.path() + "?mailboxes=remove").status()).isEqualTo(200);
        assertThat(owner.get(box).status()).isEqualTo(404);
    }

    @Test
    void aChangedPasswordEndsAllSessions() {
        var user = person("member");
        var second = Api.underTest().loggedIn(user.email(), PASSWORD);
        var body = "{\"current_password\": \"%s\", \"new_password\": \"%s\"}";
        assertThat(user.api().post("/me/password", body.formatted("wrong", "new " + PASSWORD)))
                .extracting(Answer::status)
                .isEqualTo(422);
        assertThat(user.api().post("/me/password", body.formatted(PASSWORD, "new " + PASSWORD)))
                .extracting(Answer::status)
                .isEqualTo(204);
        assertThat(user.api().get("/me").status()).isEqualTo(401);
        assertThat(second.get("/me").status()).isEqualTo(401);
        assertThat(logIn(user.email(), PASSWORD).status()).isEqualTo(400);
        assertThat(logIn(user.email(), "new " + PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aNewTicketReplacesTheFormerOneAndEndsSessionsWhenUsed() {
        var user = person("member");
        var first = ticket(user);
        var second = ticket(user);
        assertThat(choose(first, "another " + PASSWORD).status()).isEqualTo(422);
        assertThat(user.api().get("/me").status()).isEqualTo(200);
        assertThat(choose(second, "another " + PASSWORD).status()).isEqualTo(204);
        assertThat(user.api().get("/me").status()).isEqualTo(401);
    }

    @Test
    void whoIsOutGetsNoTicketAndTheAdminIsToldWhy() {
        var user = person("member");
        patch(owner, user, "{\"active\": false}");
        var refused = owner.post(user.path() + "/password-ticket", "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asText()).contains("deactivated");
    }

    private Person person(String role) {
        var email = email();
        var created = create(user(email, role));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return new Person(
                created.json().path("id").asText(),
                email,
                Api.underTest().loggedIn(email, PASSWORD));
    }

    private static String email() {
        return UUID.randomUUID() + "@example.org";
    }

    private static String user(String email, String role) {
        return "{\"email\": \"%s\", \"role\": \"%s\", \"password\": \"%s\"}"
                .formatted(email, role, PASSWORD);
    }

    private Answer create(String body) {
        return owner.post("/users", body);
    }

    private String ticket(Person user) {
        return owner.post(user.path() + "/password-ticket", "")
                .json()
                .path("ticket")
                .path("ticket")
                .asText();
    }

    private static Answer choose(String ticket, String password) {
        return Api.underTest()
                .post(
                        "/password",
                        "{\"ticket\": \"%s\", \"password\": \"%s\"}".formatted(ticket, password));
    }

    private static Answer logIn(String email, String password) {
        return Api.underTest().logIn(email, password);
    }

    private static Answer patch(Api api, Person user, String body) {
        return api.patch(user.path(), body);
    }

    /** Returns the mailbox's path. */
    private static String connect(Person user) {
        var body = "{\"address\": \"%s\", \"provider\": \"sandbox\"}".formatted(user.email());
        JsonNode mailbox = user.api().post("/mailboxes", body).json();
        return "/mailboxes/" + mailbox.path("id").asText();
    }
}
