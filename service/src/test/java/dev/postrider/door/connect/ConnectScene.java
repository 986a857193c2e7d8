package dev.postrider.door.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.rig.FakeProviders;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** A workspace that asks, a user with accounts at both providers, and their browser. */
class ConnectScene {
    static final String RETURN = ", 'return_url': '" + ConnectTenant.RETURN_URL + "'";

    final Users users;
    final Database database;
    final FakeGoogle google = FakeProviders.google();
    final FakeMicrosoft microsoft = FakeProviders.microsoft();
    final String address = "ann." + UUID.randomUUID() + "@example.com";
    final Visitor browser = new Visitor();
    ConnectTenant acme;

    ConnectScene(Users users, Database database) {
        this.users = users;
        this.database = database;
    }

    @BeforeEach
    void accounts() {
        acme = ConnectTenant.named(database, users, "Acme & Söhne");
        google.account(address);
        google.account("other@example.com");
        microsoft.account(address);
    }

    /** Connects a mailbox by Google, and says its id. */
    String connected(String body) {
        var link = acme.link(body);
        var visitor = new Visitor();
        visitor.open(link);
        visitor.get(google.consent(visitor.start(link, "google/default"), address).toString());
        var after = acme.link(link);
        assertThat(after.path("status").asText()).isEqualTo("connected");
        return after.path("mailbox_id").asText();
    }

    /** How often something of a link or of its attempts stands in the database. */
    long count(String query, Object... values) {
        return database.read(handle -> handle.select(query, values).mapTo(Long.class).one());
    }
}
