package dev.postrider.installation.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.boot.TestEnvironment;
import dev.postrider.http.Api;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.FirstUser;
import dev.postrider.identity.user.Users;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What those who run the installation see of it, and nobody else. */
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one login is enough
final class GetInstallationTest {
    private static final String PASSWORD = "eine lange Leiter";

    private final Database database;
    private final Users users;
    private final Api owner =
            Api.underTest().loggedIn(TestEnvironment.ADMIN_EMAIL, TestEnvironment.ADMIN_PASSWORD);

    @Inject
    GetInstallationTest(Database database, Users users) {
        this.database = database;
        this.users = users;
    }

    @Test
    void itSaysHowTheInstallationIsDoingAndHowItIsSet() {
        var seen = installation();

        assertThat(seen.path("object").asText()).isEqualTo("installation");
        assertThat(seen.path("version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(seen.path("public_url").asText()).isEqualTo(Api.publicUrl());
        assertThat(seen.path("retention").path("content_seconds").asLong()).isEqualTo(7 * 86_400);
        assertThat(seen.path("retention").path("history_seconds").asLong()).isEqualTo(30 * 86_400);
        assertThat(seen.path("retention").path("audit_seconds").asLong()).isEqualTo(730 * 86_400);
        var readAt = Instant.parse(seen.path("read_at").asText());
        assertThat(readAt).isBetween(Instant.now().minusSeconds(30), Instant.now());
    }

    @Test
    void itKnowsItsNodes() {
        var seen = installation();
        var own =
                StreamSupport.stream(seen.path("nodes").spliterator(), false)
                        .filter(each -> each.path("name").equals(seen.path("node")))
                        .findFirst();

        assertThat(own).isPresent();
        assertThat(Instant.parse(own.orElseThrow().path("seen_at").asText()))
                .isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    void itSaysWhichKeysSealHowMuchAndShowsNone() {
        var keys = installation().path("keys");
        var current = keys.get(keys.size() - 1);

        assertThat(current.path("current").asBoolean()).isTrue();
        assertThat(current.path("master_keys")).isNotEmpty();
        assertThat(current.path("master_keys").get(0).asLong()).isPositive();
        assertThat(current.path("credentials").isIntegralNumber()).isTrue();
        assertThat(current.fieldNames())
                .toIterable()
                .containsExactly(
                        "id", "created_at", "current", "master_keys", "credentials", "others");
    }

    @Test
    void itSaysHowLargeTheDatabaseIs() {
        var seen = installation().path("database");

        assertThat(seen.path("kind").asText()).isIn("embedded", "own");
        assertThat(seen.path("version").asText()).matches("\\d+.*");
        assertThat(seen.path("octets").asLong()).isGreaterThan(1_000_000);
        assertThat(seen.path("tables")).hasSize(10);
        var sizes =
                StreamSupport.stream(seen.path("tables").spliterator(), false)
                        .map(each -> each.path("octets").asLong())
                        .toList();
        assertThat(sizes).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void itNamesTheWaysToSignIn() {
        var ways = installation().path("sign_in");

        assertThat(ways.get(0).path("kind").asText()).isEqualTo("password");
        assertThat(ways.get(1).path("kind").asText()).isEqualTo("openid");
        assertThat(ways.get(1).path("issuer").asText()).endsWith("/acme");
    }

    @Test
    void anAdminOfTheFirstWorkspaceSeesItAndSoDoesTheirKey() {
        var admin = user(FirstUser.FIRST_WORKSPACE, Role.ADMIN);
        var key = admin.post("/api-keys", "{\"name\": \"monitor\"}").json().path("token").asText();

        assertThat(admin.get("/installation").status()).isEqualTo(200);
        assertThat(Api.underTest().with(key).get("/installation").status()).isEqualTo(200);
    }

    @Test
    void nobodyElseSeesIt() {
        var other = NewId.get();
        database.read(handle ->
                handle.execute("insert into workspace (id, name) values (?, 'w')", other));
        for (var outsider :
                new Api[] {
                    user(other, Role.OWNER),
                    user(other, Role.ADMIN),
                    user(FirstUser.FIRST_WORKSPACE, Role.MEMBER)
                }) {
            var answer = outsider.get("/installation");
            assertThat(answer.status()).as(answer.text()).isEqualTo(403);
            assertThat(answer.text()).doesNotContain("octets");
        }
        assertThat(Api.underTest().get("/installation").status()).isEqualTo(401);
    }

    private JsonNode installation() {
        var answer = owner.get("/installation");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private Api user(UUID workspace, Role role) {
        var email = "u-" + UUID.randomUUID() + "@example.org";
        assertThat(users.create(workspace, email, role, Optional.of(PASSWORD)))
                .isInstanceOf(Users.Creation.Done.class);
        return Api.underTest().loggedIn(email, PASSWORD);
    }
}
