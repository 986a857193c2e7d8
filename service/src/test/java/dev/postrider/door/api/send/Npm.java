package dev.postrider.door.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The scripts in {@code src/test/sdk}, and the packages from npm that they need. */
final class Npm {
    private static final Path SOURCE = Path.of("src/test/sdk");
    private static final Path FOLDER = Path.of("target/sdk");

    private Npm() {}

    /** The versions of the lock file, fetched once until it changes. */
    static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        try (var scripts = Files.newDirectoryStream(SOURCE, "*.{mjs,py}")) {
            for (var script : scripts) {
                copy(script.getFileName().toString());
            }
        }
        var lock = Files.readString(SOURCE.resolve("package-lock.json"));
        var installed = FOLDER.resolve("installed.json");
        if (Files.exists(installed) && Files.readString(installed).equals(lock)) {
            return;
        }
        copy("package.json");
        copy("package-lock.json");
        run(Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        Files.writeString(installed, lock);
    }

    private static void copy(String file) throws IOException {
        Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The lines that a command says; it must be there and succeed. */
    static List<String> run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var log = FOLDER.resolve(command[0] + ".log");
        var builder =
                new ProcessBuilder(command)
                        .directory(FOLDER.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = start(builder, command[0]);
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("%s ends", command[0]).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        return Files.readAllLines(log);
    }

    private static Process start(ProcessBuilder builder, String name) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError(
                    "this test needs " + name + ", which isn't there: apt-get install " + name, e);
        }
    }
}
