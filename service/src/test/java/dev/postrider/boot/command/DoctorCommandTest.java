package dev.postrider.boot.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./postrider doctor} as a process, on an installation that can't start. */
final class DoctorCommandTest {
    private static final Duration AT_MOST = Duration.ofSeconds(40);

    @TempDir private Path folder;

    @Test
    void whatIsWrongIsSaidAsJsonAndNoSecretIs() throws Exception {
        var begun = System.nanoTime();
        var ended =
                run(
                        Map.of(
                                "POSTRIDER_HTTP_PORT", "eighty",
                                "POSTRIDER_HTPP_PORT", "8080",
                                "POSTRIDER_ADMIN_PASSWORD", "hidden-word",
                                "POSTRIDER_MASTER_KEY", "hidden-word",
                                "POSTRIDER_DATABASE_URL",
                                        "postgresql://rider:hidden-word@127.0.0.1:1/postrider"),
                        "doctor",
                        "--json");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.words()).doesNotContain("hidden-word");
        var report = new ObjectMapper().readTree(ended.words());
        assertThat(report.path("healthy").booleanValue()).isFalse();
        assertThat(report.path("problems").intValue()).isPositive();
        assertThat(findings(report))
                .contains(
                        "problem setting-unusable",
                        "warning setting-unknown",
                        "problem database-away",
                        "problem master-key-unusable");
        // a JVM's start among busy tests, and then the doctor's own quarter of a minute
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_MOST);
    }

    @Test
    void itSaysInWordsWhatToDoAndChangesNothing() throws Exception {
        var ended =
                run(Map.of("POSTRIDER_TLS_CERT", "none", "POSTRIDER_TLS_KEY", "none"), "doctor");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.words())
                .contains("To do: Give POSTRIDER_TLS_CERT a PEM file")
                .containsPattern("(?m)^[1-9][0-9]* problems?, [0-9]+ warnings?, [0-9]+ ok\\.$");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private static List<String> findings(JsonNode report) {
        return report.path("checks")
                .valueStream()
                .flatMap(check -> check.path("findings").valueStream())
                .map(each -> each.path("severity").asText() + " " + each.path("id").asText())
                .toList();
    }

    private record Ended(int status, String words) {}

    private Ended run(Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        Stream.of(words).forEach(command::add);
        var builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
