package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.rig.FakeProviders;
import java.util.Optional;
import java.util.UUID;

/** A workspace that has mailboxes connected, and its owner. */
final class ConnectTenant {
    static final String RETURN_URL = "https://crm.example.com/mail/done";
    private static final String PASSWORD = "eine lange Leiter";

    final Api owner;
    private final UUID workspace = NewId.get();
    private final Users users;

    private ConnectTenant(Database database, Users users, String name) {
        this.users = users;
        database.read(handle ->
                handle.execute("insert into workspace (id, name) values (?, ?)", workspace, name));
        owner = user("owner", Role.OWNER);
        var allowed =
                owner.patch("/workspace", "{\"return_urls\": [\"https://crm.example.com/mail\"]}");
        assertThat(allowed.status()).isEqualTo(200);
    }

    static ConnectTenant named(Database database, Users users, String name) {
        var callback = Api.publicUrl() + "/connect/callback/";
        FakeProviders.google().app().redirectsTo(callback + "google/default");
        FakeProviders.microsoft().app().redirectsTo(callback + "microsoft/default");
        return new ConnectTenant(database, users, name);
    }

    Api user(String name, Role role) {
        var email = name + "." + workspace + "@example.org";
        assertThat(users.create(workspace, email, role, Optional.of(PASSWORD)))
                .isInstanceOf(Users.Creation.Done.class);
        return Api.underTest().loggedIn(email, PASSWORD);
    }

    /**
     * A new link.
     *
     * @param body JSON with single quotes
     */
    JsonNode link(String body) {
        var answer = owner.post("/connect-links", body.replace('\'', '"'));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    JsonNode link(JsonNode made) {
        return owner.get("/connect-links/" + made.path("id").asText()).json();
    }

    JsonNode mailbox(String id) {
        var answer = owner.get("/mailboxes/" + id);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    JsonNode mailboxes() {
        return owner.get("/mailboxes").json().path("data");
    }
}
