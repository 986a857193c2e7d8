package dev.postrider.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a killed restore or upgrade leaves runs on: each is in a session of its own. */
@Timeout(60)
final class StagedDataTest {
    private final DataFolder folder = DataFolder.take(EmbeddedFolder.PATH);

    @AfterEach
    void leave() throws IOException {
        folder.close();
    }

    @Test
    void aServerThatWasLeftOnItIsEndedBeforeItIsDeleted() throws IOException {
        var staged = StagedData.begin(folder);
        ProcessHandle server;
        try (var beside = staged.take()) {
            var files = new ServerFiles(beside.path());
            var _ = EmbeddedServer.start(files, ServerChoice.BUNDLED, 0);
            var file = files.data().resolve("postmaster.pid");
            server = process(Long.parseLong(Files.readAllLines(file).getFirst().strip()));
        }

        var _ = StagedData.begin(folder);

        // one that nobody reaps keeps its id, and has no program
        assertThat(server.info().command()).isEmpty();
        assertThat(folder.path().resolve(StagedData.FOLDER)).doesNotExist();
    }

    /** Here it is another program of that name, which would go on for longer. */
    @Test
    void soIsWhatWasMakingTheData() throws IOException {
        var staged = Files.createDirectories(folder.path().resolve(StagedData.FOLDER));
        var maker = Files.copy(Path.of("/bin/sleep").toRealPath(), staged.resolve("initdb"));
        var making = new ProcessBuilder(maker.toString(), "600").directory(staged.toFile()).start();

        var _ = StagedData.begin(folder);

        assertThat(making.toHandle().info().command()).isEmpty();
        assertThat(staged).doesNotExist();
    }

    private static ProcessHandle process(long pid) {
        return ProcessHandle.of(pid).orElseThrow();
    }
}
