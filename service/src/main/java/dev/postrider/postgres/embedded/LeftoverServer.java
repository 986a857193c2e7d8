package dev.postrider.postgres.embedded;

import dev.postrider.postgres.DatabaseUnusable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A server on our data whose program was killed. It is asked for a fast shutdown (SIGINT: sessions
 * are rolled back, a checkpoint is written), so what was committed stays and the next start needs
 * no recovery. If the server was killed too, its sessions end by themselves; until then they hold
 * its shared memory, and no new one may start on the data. Only one program holds the data folder's
 * lock, so nobody else uses this server.
 *
 * <p>After a reboot any program may have the id in the process file, another PostgreSQL too. A
 * process is ours when it is a PostgreSQL that works in our data, which all processes of a server
 * do; where a system doesn't say where a process works, when its program is the one that we have
 * unpacked.
 *
 * @param binaries our own programs, when they are unpacked
 */
record LeftoverServer(Path data, Path binaries) {
    private static final Path PROCESSES = Path.of("/proc/self/cwd");
    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** While it runs as it should: each look reads files and asks the system. */
    private static final Duration WATCH_EVERY = Duration.ofSeconds(1);

    void end() {
        // what makes or starts the server goes on without its program, too
        var starting = ProcessHandle.allProcesses().filter(this::isStarting).toList();
        starting.forEach(ProcessHandle::destroyForcibly);
        starting.forEach(each -> awaitEnd(each, this::isStarting));
        if (!Files.exists(data)) {
            return;
        }
        running().ifPresent(LeftoverServer::interrupt);
        ProcessHandle.allProcesses()
                .filter(this::isOurs)
                .forEach(server -> awaitEnd(server, this::isOurs));
        removeProcessFile();
    }

    /** Returns when no server runs on the data, whoever ended it. */
    void awaitEnd() throws InterruptedException {
        for (var server = running(); server.isPresent(); server = running()) {
            awaitEndOf(server.get());
        }
    }

    /**
     * Until the process has ended, or works elsewhere; one that nobody reaps works nowhere. That is
     * asked each second as long as the program runs: one call of the system, not all that finds out
     * whose a process is.
     */
    private void awaitEndOf(ProcessHandle server) throws InterruptedException {
        var ended = new CountDownLatch(1);
        var _ = server.onExit().thenRun(ended::countDown);
        var folder = workingFolder(server);
        while (!ended.await(WATCH_EVERY.toMillis(), TimeUnit.MILLISECONDS)
                && folder.isPresent()
                && workingFolder(server).equals(folder)) {
            // it serves
        }
    }

    /** Empty when it has none any more, or the system doesn't say. */
    private static Optional<Path> workingFolder(ProcessHandle process) {
        try {
            return Optional.of(Files.readSymbolicLink(link(process)));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Path link(ProcessHandle process) {
        return Path.of("/proc", String.valueOf(process.pid()), "cwd");
    }

    private Optional<ProcessHandle> running() {
        return named().filter(this::isOurs);
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

    private boolean isOurs(ProcessHandle process) {
        if (!isPostgres(process)) {
            return false;
        }
        return Files.exists(PROCESSES)
                ? worksIn(process, data)
                : process.info().command().filter(this::isUnpacked).isPresent();
    }

    /** One that was begun by a program that is gone: nobody else works in the folder. */
    private boolean isStarting(ProcessHandle process) {
        return process.info().command().map(Path::of).map(Path::getFileName).stream()
                        .anyMatch(name -> name.endsWith("initdb") || name.endsWith("pg_ctl"))
                && worksIn(process, data.resolveSibling(""));
    }

    private static boolean worksIn(ProcessHandle process, Path folder) {
        try {
            return link(process).toRealPath().equals(folder.toRealPath());
        } catch (IOException _) {
            // it has ended meanwhile, or is somebody else's
            return false;
        }
    }

    private boolean isUnpacked(String program) {
        return Path.of(program).startsWith(binaries.toAbsolutePath());
    }

    /** By the shell's own kill: a bare system has no program of that name. */
    private static void interrupt(ProcessHandle server) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -INT \"$0\"", String.valueOf(server.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw doesNotEnd(server);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** One that nobody reaps has ended too, although its id stays: it has no program any more. */
    private static void awaitEnd(ProcessHandle server, Predicate<ProcessHandle> isThere) {
        var giveUp = System.nanoTime() + WAIT.toNanos();
        while (isThere.test(server)) {
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
