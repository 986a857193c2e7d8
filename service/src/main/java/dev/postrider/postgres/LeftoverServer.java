package dev.postrider.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server on our data whose program was killed. It is asked for a fast shutdown (SIGINT: sessions
 * are rolled back, a checkpoint is written), so what was committed stays and the next start needs
 * no recovery. Only one program holds the data folder's lock, so nobody else uses this server.
 */
record LeftoverServer(Path data) {
    private static final long WAIT_SECONDS = 120;

    void end() {
        running().ifPresent(this::end);
    }

    /** The first line of postmaster.pid is the process, the second the data directory. */
    private Optional<ProcessHandle> running() {
        List<String> lines;
        try {
            lines = Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new DatabaseUnusable(
                    "The embedded database's process file can't be read: " + e.getMessage() + ".");
        }
        if (lines.size() < 2 || !lines.getFirst().strip().matches("[0-9]+")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(this::isPostgres);
    }

    /** After a reboot another program may have that process id. */
    private boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(command -> command.endsWith("/postgres")).orElse(false);
    }

    private void end(ProcessHandle server) {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(server.pid())).start().waitFor();
            server.onExit().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new DatabaseUnusable(
                    "A database process left behind by a killed Postrider (process "
                            + server.pid()
                            + ") doesn't end: end it with kill -INT "
                            + server.pid()
                            + " and start again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnusable("Interrupted while the left-behind database was ending.");
        }
    }
}
