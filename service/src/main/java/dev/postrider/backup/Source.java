package dev.postrider.backup;

import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.postgres.embedded.DataFolder;
import dev.postrider.postgres.embedded.RunningServer;
import dev.postrider.postgres.embedded.ServerChoice;
import dev.postrider.postgres.embedded.StagedData;
import dev.postrider.postgres.embedded.SupervisedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the rows come from: a database that runs, or the one of a stopped program, whose server is
 * started for as long as they are read.
 *
 * @param url where it answers
 */
record Source(DatabaseUrl url, Optional<SupervisedServer> server, Optional<DataFolder> folder)
        implements AutoCloseable {

    /** The operator's own PostgreSQL. */
    static Source of(DatabaseUrl url) {
        return new Source(url, Optional.empty(), Optional.empty());
    }

    /**
     * The embedded one.
     *
     * @throws BackupUnusable when the folder has no data
     */
    static Source of(Path dataFolder, ServerChoice choice) {
        if (!Files.isDirectory(dataFolder)) {
            throw noDatabase(dataFolder);
        }
        DataFolder folder;
        try {
            folder = DataFolder.take(dataFolder);
        } catch (DatabaseUnusable inUse) {
            return running(dataFolder, inUse);
        }
        return started(folder, choice);
    }

    static BackupUnusable noDatabase(Path dataFolder) {
        return new BackupUnusable(
                "There is no database in "
                        + dataFolder
                        + ": set POSTRIDER_DATA_DIR to the program's data folder.");
    }

    private static Source running(Path dataFolder, DatabaseUnusable inUse) {
        try {
            return of(RunningServer.of(dataFolder));
        } catch (DatabaseUnusable _) {
            throw inUse;
        }
    }

    private static Source started(DataFolder folder, ServerChoice choice) {
        try {
            if (StagedData.version(folder.path()).isEmpty()) {
                throw noDatabase(folder.path());
            }
            var server = SupervisedServer.start(folder, choice);
            return new Source(server.url(), Optional.of(server), Optional.of(folder));
        } catch (RuntimeException e) {
            close(folder);
            throw e;
        }
    }

    private static void close(DataFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.ifPresent(SupervisedServer::close);
        folder.ifPresent(Source::close);
    }
}
