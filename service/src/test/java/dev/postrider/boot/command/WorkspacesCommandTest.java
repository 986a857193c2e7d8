package dev.postrider.boot.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.boot.CannotStart;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./postrider workspaces}, beside a program that has the database open. */
@ExtendWith(TestDatabase.class)
final class WorkspacesCommandTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Database database;

    WorkspacesCommandTest(Database database) {
        this.database = database;
    }

    @Test
    void aWorkspaceIsMadeListedAndRemoved() {
        var email = UUID.randomUUID() + "@example.org";
        run("create", "Acme", email);
        assertThat(said.toString(UTF_8))
                .contains("Acme", email, "by POST /password with this ticket:");
        var id = said.toString(UTF_8).substring(0, 36);
        run("list");
        assertThat(said.toString(UTF_8)).endsWith(id + "  Acme\n");
        assertThatThrownBy(() -> run("create", "Other", email))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("a user belongs to one workspace");
        run("remove", id);
        assertThat(said.toString(UTF_8)).contains("its audit log stays");
        assertThatThrownBy(() -> run("remove", id))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("There is no workspace " + id);
    }

    @Test
    void whatIsNoneIsSaid() {
        for (var bad :
                List.of(
                        List.of("create", "Acme", "nobody"),
                        List.of("create", " ", "a@example.org"),
                        List.of("remove", "acme"),
                        List.of("remove"),
                        List.<String>of())) {
            assertThatThrownBy(() -> run(bad.toArray(String[]::new)))
                    .isInstanceOf(CannotStart.class);
        }
    }

    private void run(String... given) {
        var url = database.url();
        var environment =
                Map.of(
                        "POSTRIDER_MASTER_KEY",
                        "not needed",
                        "POSTRIDER_DATABASE_URL",
                        "postgresql://%s:%s@%s:%d/%s%s"
                                .formatted(
                                        url.user(),
                                        url.password(),
                                        url.host(),
                                        url.port(),
                                        url.database(),
                                        url.query().isEmpty() ? "" : "?" + url.query()));
        var words = new ArrayList<>(List.of("workspaces"));
        words.addAll(List.of(given));
        new Commands(
                        name -> Optional.ofNullable(environment.get(name)),
                        new PrintStream(said, true, UTF_8))
                .run(words);
    }
}
