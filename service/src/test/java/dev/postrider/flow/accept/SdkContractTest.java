package dev.postrider.flow.accept;

import static dev.postrider.flow.accept.EmailApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** An SDK that applications have already, as it is on npm, works when its base URL is ours. */
@QuarkusTest
class SdkContractTest {
    private static final Path SOURCE = Path.of("src/test/sdk");
    private static final Path FOLDER = Path.of("target/sdk");

    @Test
    void theSdkFromNpmFindsWhatItKnows() throws Exception {
        install();
        try (var emails = new EmailApi("sdk@example.org")) {
            var key = emails.api().post("/api-keys", json("{'name':'sdk'}"));
            var url = ConfigProvider.getConfig().getValue("test.url", String.class);

            run(
                    Map.of(
                            "RESEND_BASE_URL", url.replaceFirst("/*$", ""),
                            "KEY", key.json().path("token").asText(),
                            "FROM", "sdk@example.org"),
                    "node",
                    "--test",
                    "contract.test.mjs");
        }
    }

    /** The versions of the lock file, fetched once until it changes. */
    private static void install() throws Exception {
        Files.createDirectories(FOLDER);
        Files.copy(
                SOURCE.resolve("contract.test.mjs"),
                FOLDER.resolve("contract.test.mjs"),
                StandardCopyOption.REPLACE_EXISTING);
        var lock = Files.readString(SOURCE.resolve("package-lock.json"));
        var installed = FOLDER.resolve("installed.json");
        if (Files.exists(installed) && Files.readString(installed).equals(lock)) {
            return;
        }
        for (var file : List.of("package.json", "package-lock.json")) {
            Files.copy(
                    SOURCE.resolve(file),
                    FOLDER.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        run(Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        Files.writeString(installed, lock);
    }

    private static void run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var log = FOLDER.resolve(command[0] + ".log");
        var builder =
                new ProcessBuilder(command)
                        .directory(FOLDER.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("%s ends", command[0]).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }
}
