package dev.postrider.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import java.util.Optional;
import java.util.UUID;

/** A workspace of its own, with an owner, an admin and a member who can sign in. */
public final class ConsoleTenant {
    public static final String PASSWORD = "eine lange Leiter";

    public final UUID workspace = NewId.get();
    public final Api owner;
    private final Database database;

    private ConsoleTenant(Database database, Users users, String name) {
        this.database = database;
        database.read(handle ->
                handle.execute("insert into workspace (id, name) values (?, ?)", workspace, name));
        for (var role : Role.values()) {
            assertThat(users.create(workspace, email(role), role, Optional.of(PASSWORD)))
                    .isInstanceOf(Users.Creation.Done.class);
        }
        owner = as(Role.OWNER);
    }

    public static ConsoleTenant named(Database database, Users users, String name) {
        return new ConsoleTenant(database, users, name);
    }

    public String email(Role role) {
        return role.code() + "." + workspace + "@example.org";
    }

    /** The API as one of them may call it. */
    public Api as(Role role) {
        return Api.underTest().loggedIn(email(role), PASSWORD);
    }

    public UUID id(Role role) {
        return UUID.fromString(as(role).get("/me").json().path("id").asText());
    }

    /** A mailbox of the owner's that keeps what is sent; its id. */
    public String sandbox(String address) {
        return made(
                "/mailboxes",
                "{\"address\": \"%s\", \"provider\": \"sandbox\"}".formatted(address));
    }

    /** What the owner makes; its id. */
    public String made(String path, String body) {
        var answer = owner.post(path, body);
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        return answer.json().path("id").asText();
    }

    public JsonNode read(String path) {
        var answer = owner.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    public long count(String query, Object... values) {
        return database.read(handle -> handle.select(query, values).mapTo(Long.class).one());
    }
}
