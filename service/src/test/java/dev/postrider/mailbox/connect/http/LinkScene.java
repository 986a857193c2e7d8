package dev.postrider.mailbox.connect.http;

import static dev.postrider.http.Api.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Api;
import dev.postrider.http.Api.Answer;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** A workspace with an owner and two members, who ask for links. */
class LinkScene {
    private static final String PASSWORD = "eine lange Leiter";
    static final String NOBODY = "019a8f5e-7c1b-7000-8000-000000000000";

    private final Users users;
    final Database database;
    final UUID workspace = NewId.get();
    Api owner = Api.underTest();
    Api ann = Api.underTest();
    Api bob = Api.underTest();

    LinkScene(Users users, Database database) {
        this.users = users;
        this.database = database;
    }

    @BeforeEach
    void tenants() {
        database.read(handle ->
                handle.execute("insert into workspace (id, name) values (?, 'Acme')", workspace));
        owner = user("owner", Role.OWNER);
        ann = user("ann", Role.MEMBER);
        bob = user("bob", Role.MEMBER);
    }

    void allow(String... urls) {
        var answer =
                owner.patch(
                        "/workspace",
                        "{\"return_urls\": [\"" + String.join("\", \"", urls) + "\"]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    static void assertField(Answer answer, String field) {
        assertProblem(answer, 422, "invalid_input");
        assertThat(answer.json().path("errors"))
                .as(answer.text())
                .extracting(error -> error.path("field").asText())
                .allMatch(name -> name.startsWith(field));
    }

    static Duration lifetime(JsonNode link) {
        return Duration.between(
                Instant.parse(link.path("created_at").asText()),
                Instant.parse(link.path("expires_at").asText()));
    }

    static List<String> ids(Api api, String filter) {
        var answer = api.get("/connect-links" + filter);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("data").valueStream().map(LinkScene::id).toList();
    }

    static String id(JsonNode node) {
        return node.path("id").asText();
    }

    static String id(Api api) {
        return api.get("/me").json().path("id").asText();
    }

    static String mailbox(Api api, String address) {
        var answer =
                api.post(
                        "/mailboxes",
                        "{\"address\": \"%s\", \"provider\": \"sandbox\"}".formatted(address));
        assertThat(answer.status()).isEqualTo(201);
        return id(answer.json());
    }

    Api key(String body) {
        var answer = owner.post("/api-keys", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return Api.underTest().with(answer.json().path("token").asText());
    }

    static JsonNode made(Api by, String body) {
        var answer = by.post("/connect-links", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private Api user(String name, Role role) {
        var email = name + "." + workspace + "@example.org";
        assertThat(users.create(workspace, email, role, Optional.of(PASSWORD)))
                .isInstanceOf(Users.Creation.Done.class);
        return Api.underTest().loggedIn(email, PASSWORD);
    }
}
