package dev.postrider.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.postgres.DatabaseUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerProgramsTest {
    private static final ServerPrograms OLD = new ServerPrograms(Path.of("/usr/lib/15"), 15);
    private static final ServerPrograms NEW = new ServerPrograms(Path.of("/usr/lib/17"), 17);

    @TempDir private Path folder;

    @Test
    void theNewestInstalledServerMakesNewData() {
        assertThat(choose(ServerChoice.AUTO, OLD, NEW)).isEqualTo(NEW);
        assertThat(choose(ServerChoice.INSTALLED, OLD, NEW)).isEqualTo(NEW);
    }

    @Test
    void dataIsServedByTheVersionThatMadeIt() throws IOException {
        made(15);
        assertThat(choose(ServerChoice.AUTO, OLD, NEW)).isEqualTo(OLD);
        assertThatThrownBy(() -> choose(ServerChoice.AUTO, NEW))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageEndingWith("install the distribution's package of PostgreSQL 15.");
        assertThatThrownBy(() -> choose(ServerChoice.BUNDLED, OLD, NEW))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("was made by PostgreSQL 15, and Postrider brings 18");
    }

    @Test
    void anInstalledServerThatIsAskedForAndIsNotThereIsSaid() {
        assertThatThrownBy(() -> choose(ServerChoice.INSTALLED))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("no PostgreSQL 15 to 18 is");
    }

    private void made(int version) throws IOException {
        Files.createDirectory(folder.resolve("postgres"));
        Files.writeString(folder.resolve("postgres").resolve("PG_VERSION"), version + "\n");
    }

    private ServerPrograms choose(ServerChoice choice, ServerPrograms... installed) {
        return ServerPrograms.choose(new ServerFiles(folder), choice, List.of(installed));
    }
}
