package dev.postrider.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each row of docs/security.md names tests that are there: a renamed one is renamed there too. */
final class SecurityPageTest {
    private static final Pattern ROW = Pattern.compile("\\|[^|]+\\|[^|]+\\|([^|]+)\\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+Test)`");

    @Test
    void eachTestThatItNamesIsThere() throws IOException {
        assertThat(testClasses()).containsAll(named());
    }

    private static Set<String> testClasses() throws IOException {
        var names = new HashSet<String>();
        try (var modules = Files.newDirectoryStream(Path.of(".."))) {
            for (var module : modules) {
                var tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    try (var files = Files.walk(tests)) {
                        files.forEach(file ->
                                names.add(file.getFileName().toString().replace(".java", "")));
                    }
                }
            }
        }
        return names;
    }

    private static List<String> named() throws IOException {
        return Files.readAllLines(Path.of("../docs/security.md")).stream()
                .flatMap(line -> ROW.matcher(line).results())
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .map(name -> name.group(1))
                .toList();
    }
}
