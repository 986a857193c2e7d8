package dev.postrider.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server on our data whose program was killed. It is asked for a fast shutdown (SIGINT: sessions
 * are rolled back, a checkpoint is written), so what was committed stays and the next start needs
 * no recovery. If the server was killed too, its sessions end by themselves; until then they hold
 * its shared memory, and no new one may start on the data. Only one program holds the data folder's
 * lock, so nobody else uses this server.
 *
 * @param binaries of no other server: a process is ours when its program lies there. After a reboot
 *     any program may have the id in the process file, another PostgreSQL too.
 */
record LeftoverServer(Path data, Path binaries) {
    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    void end() {
        if (!Files.exists(binaries)) {
            return;
        }
        var program = real(binaries);
        running(program).ifPresent(LeftoverServer::interrupt);
        ProcessHandle.allProcesses()
                .filter(process -> isOf(program, process))
                .forEach(process -> awaitEnd(program, process));
        removeProcessFile();
    }

    /** Returns when no server runs on the data, whoever ended it. */
    void awaitEnd() throws InterruptedException {
        var program = real(binaries);
        for (var server = running(program); server.isPresent(); server = running(program)) {
            try {
                server.get().onExit().get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                // look again whether it is still there
            } catch (ExecutionException e) {
                throw doesNotEnd(server.get());
            }
        }
    }

    private Optional<ProcessHandle> running(Path program) {
        return named().filter(process -> isOf(program, process));
    }

    /** The process that the first line of the process file names, whoever has that id now. */
    private Optional<ProcessHandle> named() {
        try (var lines = Files.lines(processFile())) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("[0-9]{1,18}"))
                    .map(Long::parseLong)
                    .flatMap(ProcessHandle::of);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            throw new DatabaseUnusable(
                    "The process file " + processFile() + " can't be read: " + e.getMessage());
        }
    }

    private Path processFile() {
        return data.resolve("postmaster.pid");
    }

    /**
     * A server that was killed leaves its process file, and the next one doesn't start while any
     * program has that id, or the dead server still has it because nobody reaped it.
     */
    private void removeProcessFile() {
        named().filter(LeftoverServer::isPostgres)
                .ifPresent(other -> {
                    throw new DatabaseUnusable(
                            "Process "
                                    + other.pid()
                                    + " is a PostgreSQL of another program, and "
                                    + processFile()
                                    + " says that it serves this folder: stop it, or delete that file"
                                    + " if it serves another.");
                });
        try {
            Files.deleteIfExists(processFile());
        } catch (IOException e) {
            throw new DatabaseUnusable(
                    "The process file " + processFile() + " can't be deleted: " + e.getMessage());
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .filter(path -> Path.of(path).endsWith("postgres"))
                .isPresent();
    }

    private static boolean isOf(Path program, ProcessHandle process) {
        return process.info()
                .command()
                .filter(path -> Path.of(path).startsWith(program))
                .isPresent();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new DatabaseUnusable(
                    "The embedded database's folder " + path + " can't be read: " + e.getMessage());
        }
    }

    private static void interrupt(ProcessHandle server) {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(server.pid())).start().waitFor();
        } catch (IOException e) {
            throw doesNotEnd(server);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** One that nobody reaps has ended too, although its id stays: it has no program any more. */
    private static void awaitEnd(Path program, ProcessHandle server) {
        var giveUp = System.nanoTime() + WAIT.toNanos();
        while (isOf(program, server)) {
            if (System.nanoTime() - giveUp > 0) {
                throw doesNotEnd(server);
            }
            try {
                server.onExit().get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                // look again whether it is still there
            } catch (ExecutionException e) {
                throw doesNotEnd(server);
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    private static DatabaseUnusable doesNotEnd(ProcessHandle server) {
        return new DatabaseUnusable(
                "A database process left behind by a killed Postrider (process "
                        + server.pid()
                        + ") doesn't end: end it with kill -INT "
                        + server.pid()
                        + " and start again.");
    }

    private static DatabaseUnusable interrupted() {
        Thread.currentThread().interrupt();
        return new DatabaseUnusable("Interrupted while the left-behind database was ending.");
    }
}
