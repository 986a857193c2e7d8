package dev.postrider.boot.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.boot.Variable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * What the documents tell somebody to type, set, open or call, is there. Decisions are left out:
 * they say what was so.
 */
final class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern INLINE = Pattern.compile("`([^`\\n]+)`");

    /** As it stands in a shell, where it isn't the name of a container, a unit or a namespace. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)(?:^|\\./|bin/|exec postrider )postrider ([a-z][^|;&>\\n]*)");

    private static final Pattern SETTING = Pattern.compile("\\bPOSTRIDER_[A-Z_]*[A-Z]\\b");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern PAGE = Pattern.compile("docs/[a-z-]+\\.md(#[a-z-]+)?");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern OPTION = Pattern.compile("(?<=\\s)--[a-z0-9][a-z0-9-]*");
    private static final Pattern CALL =
            Pattern.compile("`(?:GET|POST|PUT|PATCH|DELETE) (/[^`? ]*)");
    private static final Pattern PATH = Pattern.compile("@Path\\(\"([^\"]*)\"\\)");
    private static final Pattern OURS =
            Pattern.compile(
                    "(?:bench|deploy|docs|lab|mime|package|service|smtp|testkit)/[\\w./-]+");

    /** The launcher's own, and where the options of each are read. */
    private static final Set<String> OF_THE_LAUNCHER =
            Set.of("package", "check", "bench", "lab", "providers", "record-providers");

    /** Answered by the framework. */
    private static final Set<String> OF_THE_FRAMEWORK =
            Set.of("/openapi", "/docs", "/metrics", "/health", "/health/ready", "/health/live");

    /** Whose paths are those of our API. */
    private static final Set<String> ABOUT_THE_API =
            Set.of(
                    "README.md",
                    "api.md",
                    "connect.md",
                    "console.md",
                    "identity.md",
                    "mailboxes.md",
                    "operations.md",
                    "smtp.md",
                    "webhooks.md");

    private static final List<Path> SOURCES =
            List.of(
                    ROOT.resolve("postrider"),
                    ROOT.resolve("package"),
                    ROOT.resolve("lab/src"),
                    ROOT.resolve("bench/src"),
                    ROOT.resolve("testkit/src"),
                    ROOT.resolve("service/src"));

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Commands commands =
            new Commands(_ -> Optional.empty(), new PrintStream(said, true, UTF_8));

    private static List<Path> documents() throws IOException {
        try (var docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md")
                                    .map(ROOT::resolve),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands there as code: each line of a shell's block, and each word between marks. */
    private static List<String> code(Path document) {
        var text = text(document);
        var blocks =
                BLOCK.matcher(text)
                        .results()
                        .filter(block -> block.group(1).equals("sh"))
                        .flatMap(block -> block.group(2).replace("\\\n", " ").lines())
                        .map(line -> line.replaceAll("(^|\\s)#.*", ""));
        var inline =
                INLINE.matcher(BLOCK.matcher(text).replaceAll(""))
                        .results()
                        .map((MatchResult found) -> found.group(1));
        return Stream.concat(blocks, inline).map(String::strip).toList();
    }

    @TestFactory
    Stream<DynamicTest> eachCommandIsUnderstood() throws IOException {
        var typed =
                documents().stream()
                        .flatMap(document ->
                                typed(document)
                                        .map(command -> document.getFileName() + ": " + command))
                        .distinct()
                        .toList();
        assertThat(typed).hasSizeGreaterThan(40);
        return typed.stream()
                .map(each ->
                        DynamicTest.dynamicTest(
                                each,
                                () -> assertUnderstood(each.substring(each.indexOf(": ") + 2))));
    }

    private static Stream<String> typed(Path document) {
        return code(document).stream()
                .flatMap(code ->
                        Stream.concat(
                                COMMAND.matcher(code).results().map(found -> found.group(1)),
                                code.matches("(keys|lab|workspaces) [a-z].*")
                                        ? Stream.of(code)
                                        : Stream.empty()))
                .map(String::strip);
    }

    private void assertUnderstood(String typed) {
        var words = List.of(typed.split("\\s+", -1));
        if (OF_THE_LAUNCHER.contains(words.getFirst())) {
            assertThat(text(ROOT.resolve("postrider")))
                    .containsPattern("(?m)^ {4}" + words.getFirst() + "\\)");
            OPTION.matcher(" " + typed).results().forEach(option -> assertIsRead(option.group()));
            return;
        }
        CommandLine line = commands.line();
        for (var word : words) {
            var next = line.getSubcommands().get(word);
            if (next != null) {
                line = next;
            } else if (word.startsWith("-")) {
                assertThat(line.getCommandSpec().findOption(word.replaceFirst("=.*", "")))
                        .as("an option of %s: %s", line.getCommandName(), word)
                        .isNotNull();
            } else {
                assertThat(
                                line.getCommandSpec().positionalParameters().size()
                                        + line.getCommandSpec().options().stream()
                                                .filter(option -> option.arity().max() > 0)
                                                .count())
                        .as("%s takes nothing: %s", line.getCommandName(), word)
                        .isPositive();
            }
        }
    }

    private static void assertIsRead(String option) {
        assertThat(sources().stream().map(DocumentedCommandsTest::text))
                .as("what reads %s", option)
                .anyMatch(text ->
                        text.contains("\"" + option)
                                || text.contains("= " + option)
                                || text.contains(option + ")"));
    }

    private static List<Path> sources() {
        return SOURCES.stream()
                .flatMap(place -> {
                    try (var files = Files.walk(place)) {
                        return files
                                .filter(file ->
                                        Files.isRegularFile(file)
                                                && file.toString()
                                                        .matches(".*(\\.java|\\.sh|/postrider)"))
                                .filter(file -> !file.endsWith("DocumentedCommandsTest.java"))
                                .toList()
                                .stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    /** Those that end at once and need nothing; the others are run by tests of their own. */
    @Test
    void whatTakesNoTimeIsRun() throws IOException {
        var run = new ArrayList<String>();
        for (var document : documents()) {
            typed(document)
                    .filter(command -> command.matches("(settings|version|help)( --\\w+)?"))
                    .forEach(command -> {
                        said.reset();
                        assertThat(commands.run(List.of(command.split(" ", -1))))
                                .as(command)
                                .isZero();
                        assertThat(said.toString(UTF_8)).as(command).isNotBlank();
                        run.add(command);
                    });
        }
        assertThat(run).contains("settings --json", "settings --env", "version");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void eachVariableIsRead(Path document) {
        var unknown =
                SETTING.matcher(text(document))
                        .results()
                        .map(MatchResult::group)
                        .filter(name -> Variable.named(name).isEmpty())
                        .collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            var all = sources().stream().map(DocumentedCommandsTest::text).toList();
            unknown.removeIf(name -> all.stream().anyMatch(text -> text.contains(name)));
        }
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void eachLinkLeadsToAPageAndItsSection(Path document) {
        for (var link :
                LINK.matcher(text(document)).results().map(found -> found.group(1)).toList()) {
            if (link.matches("[a-z]+:.*")) {
                continue;
            }
            var parts = link.split("#", 2);
            var file =
                    parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
            assertThat(file).as(link).exists();
            if (parts.length == 2) {
                assertThat(slugs(file)).as(link).contains(parts[1]);
            }
        }
    }

    /** As GitHub makes it of a heading. */
    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-');
    }

    @ParameterizedTest
    @MethodSource("documents")
    void eachFileThatIsNamedIsThere(Path document) {
        for (var code : code(document)) {
            if (OURS.matcher(code).matches() && !code.contains("target/")) {
                assertThat(ROOT.resolve(code)).exists();
            }
        }
    }

    /** The program's own words, the packages' and the examples' send people to pages, too. */
    @Test
    void eachPageThatTheProgramNamesIsThere() {
        var named =
                sources().stream()
                        .filter(source -> !source.toString().contains("/src/test/"))
                        .flatMap(source -> PAGE.matcher(text(source)).results())
                        .map(MatchResult::group)
                        .collect(Collectors.toSet());
        assertThat(named).hasSizeGreaterThan(10);
        assertThat(named)
                .allSatisfy(page -> {
                    var parts = page.split("#", 2);
                    assertThat(ROOT.resolve(parts[0])).exists();
                    if (parts.length == 2) {
                        assertThat(slugs(ROOT.resolve(parts[0]))).contains(parts[1]);
                    }
                });
    }

    private static List<String> slugs(Path document) {
        return HEADING.matcher(text(document))
                .results()
                .map(found -> slug(found.group(1)))
                .toList();
    }

    /** What can't be parsed can't be typed. */
    @ParameterizedTest
    @MethodSource("documents")
    void eachBlockForAShellIsOne(Path document) throws Exception {
        var blocks =
                BLOCK.matcher(text(document))
                        .results()
                        .filter(block -> block.group(1).equals("sh"))
                        .map(block -> block.group(2))
                        .collect(Collectors.joining("\n"));
        var shell = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var in = shell.outputWriter(UTF_8)) {
            in.write(blocks);
        }
        var words = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).as(words).isZero();
    }

    @Test
    void eachOperationIsAnswered() throws IOException {
        var answered = paths();
        assertThat(answered).contains("/emails/{}", "/installation");
        for (var document : documents()) {
            if (ABOUT_THE_API.contains(document.getFileName().toString())) {
                CALL.matcher(text(document))
                        .results()
                        .map(call -> normal(call.group(1)))
                        .filter(path -> !OF_THE_FRAMEWORK.contains(path))
                        .forEach(path ->
                                assertThat(answered)
                                        .as(document.getFileName().toString())
                                        .contains(path));
            }
        }
    }

    /** Of each class that answers: its own path, and behind it those of its methods. */
    private static Set<String> paths() throws IOException {
        try (var files = Files.walk(ROOT.resolve("service/src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(DocumentedCommandsTest::text)
                    .filter(text -> text.contains("@Path(\""))
                    .flatMap(text -> {
                        var all =
                                PATH.matcher(text).results().map(found -> found.group(1)).toList();
                        var base = all.getFirst();
                        return Stream.concat(
                                Stream.of(base),
                                all.stream().skip(1).map(path -> base + "/" + path));
                    })
                    .map(DocumentedCommandsTest::normal)
                    .collect(Collectors.toSet());
        }
    }

    private static String normal(String path) {
        return ("/" + path)
                .replaceAll("/+", "/")
                .replaceAll("\\{[^}]*}|(?<=/)(?:[A-Z]+|…|\\.\\.\\.)(?=/|$)", "{}")
                .replaceAll("(?<=.)/$", "");
    }
}
