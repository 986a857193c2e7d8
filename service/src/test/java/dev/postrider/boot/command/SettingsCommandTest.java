package dev.postrider.boot.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.boot.Settings;
import dev.postrider.boot.Variable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code ./postrider settings}, and the documents that are made from the same table. */
final class SettingsCommandTest {
    private static final Map<String, String> GIVEN =
            Map.of(
                    "POSTRIDER_HTTP_PORT", " 8443 ",
                    "POSTRIDER_NODE", "  ",
                    "POSTRIDER_ADMIN_PASSWORD", "analytical-machine-17",
                    "POSTRIDER_DATABASE_URL", "postgresql://rider:hidden-word@db/post");

    @Test
    void theDocumentHasTheTableOfTheCode() throws Exception {
        assertThat(Path.of("..", "docs", "settings.md"))
                .content()
                .as("put in what ./postrider settings --markdown prints")
                .contains(run("--markdown"));
    }

    /** A newcomer's few, with the same defaults. */
    @Test
    void theReadmeHasSomeOfThemAndSaysTheSame() throws Exception {
        var rows =
                Files.readString(Path.of("..", "README.md"))
                        .lines()
                        .filter(line -> line.startsWith("| `POSTRIDER_"))
                        .map(line -> line.split("\\s*\\|\\s*", -1))
                        .toList();
        assertThat(rows).isNotEmpty();
        for (var row : rows) {
            assertThat(names(row[1]).map(each -> Variable.named(each).orElseThrow().otherwise()))
                    .as(row[1])
                    .containsOnly(row[3]);
        }
    }

    private static Stream<String> names(String cell) {
        return Pattern.compile("`(POSTRIDER_\\w+)`")
                .matcher(cell)
                .results()
                .map((MatchResult found) -> found.group(1));
    }

    @Test
    void whatIsSetIsShownAndSecretsAreNot() {
        assertThat(run())
                .contains("POSTRIDER_HTTP_PORT                  = 8443\n")
                .contains("POSTRIDER_NODE                       not set: host and process\n")
                .contains("POSTRIDER_ADMIN_PASSWORD             = (set, not shown)\n")
                .doesNotContain("machine-17", "hidden-word");
    }

    @Test
    void aProgramReadsTheSame() throws Exception {
        var text = run("--json");
        assertThat(text).doesNotContain("machine-17", "hidden-word");
        var settings = new ObjectMapper().readTree(text).path("settings");
        assertThat(settings).hasSize(Variable.values().length);
        var port = of(settings, "POSTRIDER_HTTP_PORT");
        assertThat(port.path("default").textValue()).isEqualTo("8080");
        assertThat(port.path("value").textValue()).isEqualTo("8443");
        assertThat(of(settings, "POSTRIDER_ADMIN_PASSWORD").path("value").isNull()).isTrue();
        assertThat(of(settings, "POSTRIDER_ADMIN_PASSWORD").path("set").booleanValue()).isTrue();
        assertThat(of(settings, "POSTRIDER_NODE").path("set").booleanValue()).isFalse();
    }

    private static JsonNode of(JsonNode settings, String name) {
        return settings.valueStream()
                .filter(each -> each.path("variable").textValue().equals(name))
                .findAny()
                .orElseThrow();
    }

    @Test
    void theFileToFillInSetsNothingAndHasThemAll() {
        var file = run("--env");
        assertThat(file.lines().filter(line -> !line.isEmpty()))
                .allMatch(line -> line.startsWith("#"));
        assertThat(file.lines().filter(line -> line.startsWith("#POSTRIDER_")))
                .hasSize(Variable.values().length);
    }

    /** A link in the table is words and a page; a sentence on a terminal needs both. */
    @Test
    void linksKeepTheirWords() {
        assertThat(run("--env"))
                .contains("; connect links (docs/connect.md) need it", "listens on (docs/tls.md)");
    }

    /** Its examples are values that can be set; files aside, which aren't there. */
    @Test
    void whatTheFileToFillInSuggestsCanBeRead() {
        var examples =
                run("--env")
                        .lines()
                        .filter(line -> line.startsWith("#POSTRIDER_"))
                        .map(line -> line.substring(1).split("=", 2))
                        .filter(pair -> !pair[1].startsWith("/"))
                        // what goes with a file, or instead of one
                        .filter(pair ->
                                !pair[0].matches("POSTRIDER_(MASTER_KEY|DATABASE_URL|HSTS)"))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        assertThat(Settings.read(name -> Optional.ofNullable(examples.get(name))).node().name())
                .isEqualTo("node-1");
    }

    private static String run(String... options) {
        var said = new ByteArrayOutputStream();
        Function<String, Optional<String>> environment =
                name -> Optional.ofNullable(GIVEN.get(name));
        var words = Stream.concat(Stream.of("settings"), Stream.of(options)).toList();
        assertThat(
                        new Commands(environment, new PrintStream(said, true, UTF_8))
                                .run(List.copyOf(words)))
                .isZero();
        return said.toString(UTF_8);
    }
}
