package dev.postrider.lab.backup;

import dev.postrider.lab.crash.CrashLab;
import dev.postrider.testkit.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command of the packaged program, to its end or to a SIGKILL.
 *
 * @param folder for what it says and where it is to stop
 * @param settings its environment, beside this process's without our settings
 */
record RunCommand(Path launcher, Path folder, Map<String, String> settings) {
    private static final int MOST_SECONDS = 180;

    /**
     * What became of it.
     *
     * @param status empty when it was killed
     */
    record Ended(Optional<Integer> status, String said, long millis) {
        boolean isGood() {
            return status.equals(Optional.of(0));
        }

        /** Refused in words, as what somebody must mend. */
        boolean isRefused(String words) {
            return status.equals(Optional.of(78)) && said.contains(words);
        }

        @Override
        public String toString() {
            return status.map(number -> "status " + number).orElse("killed") + ": " + said;
        }
    }

    Ended toItsEnd(String... words) throws IOException, InterruptedException {
        var begun = System.nanoTime();
        var process = start(Optional.empty(), words);
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", words) + " goes on: " + said());
        }
        var millis = (System.nanoTime() - begun) / 1_000_000;
        return new Ended(Optional.of(process.exitValue()), said(), millis);
    }

    /** Kills it then, unless it has ended before. */
    Ended killedAfter(long millis, String... words) throws IOException, InterruptedException {
        var process = start(Optional.empty(), words);
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            return new Ended(Optional.of(process.exitValue()), said(), millis);
        }
        process.destroyForcibly().waitFor();
        return new Ended(Optional.empty(), said(), millis);
    }

    /** Kills it where it waits for that. */
    Ended killedAt(String stopPoint, String... words) throws IOException, InterruptedException {
        var process = start(Optional.of(stopPoint), words);
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (process.isAlive() && !said().contains("stopped at " + stopPoint)) {
            if (System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", words) + " doesn't come by " + stopPoint);
            }
            Thread.sleep(20);
        }
        if (!process.isAlive()) {
            throw new IOException("it ended before " + stopPoint + ": " + said());
        }
        process.destroyForcibly().waitFor();
        return new Ended(Optional.empty(), said(), 0);
    }

    private Process start(Optional<String> stopPoint, String... words) throws IOException {
        var builder = Program.command(launcher, settings, words);
        if (stopPoint.isPresent()) {
            var armed = Files.writeString(folder.resolve("armed"), stopPoint.get());
            builder.environment()
                    .put(
                            CrashLab.JAVA_OPTIONS_VARIABLE,
                            CrashLab.JAVA_OPTIONS + " -Dpostrider.stop-at=" + armed);
        }
        return builder.redirectOutput(log().toFile()).start();
    }

    private Path log() {
        return folder.resolve("command.log");
    }

    private String said() throws IOException {
        return Files.readString(log());
    }
}
