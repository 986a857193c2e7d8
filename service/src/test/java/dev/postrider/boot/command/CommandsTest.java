package dev.postrider.boot.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.boot.CannotStart;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

final class CommandsTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Commands commands =
            new Commands(_ -> Optional.empty(), new PrintStream(said, true, UTF_8));

    @TestFactory
    Stream<DynamicTest> eachCommandAndEachOfItsOwnHelps() {
        return everyWay(commands.line(), List.of())
                .map(way ->
                        DynamicTest.dynamicTest(
                                "./postrider " + String.join(" ", way),
                                () -> {
                                    var words = new ArrayList<>(way);
                                    words.add("--help");
                                    said.reset();
                                    assertThat(commands.run(words)).isZero();
                                    assertThat(said.toString(UTF_8))
                                            .startsWith(
                                                    "Usage: ./postrider " + String.join(" ", way))
                                            .contains("-h, --help");
                                }));
    }

    @Test
    void helpListsEachCommand() {
        assertThat(commands.run(List.of("help"))).isZero();
        assertThat(said.toString(UTF_8)).contains(commands.line().getSubcommands().keySet());
    }

    @Test
    void theLauncherKnowsEachCommandAndItsHelpNamesIt() throws Exception {
        var launcher = Files.readString(Path.of("..", "postrider"));
        for (var command : commands.line().getSubcommands().keySet()) {
            assertThat(launcher)
                    .containsPattern("(?m)^ *(\\S+ \\| )*" + command + "( \\||\\))")
                    .containsPattern(
                            "(?m)^\\./postrider " + (command.equals("help") ? "" : command));
        }
    }

    @Test
    void whatIsNotUnderstoodIsSaidInALine() {
        refuses("\"fly\" is not understood: see ./postrider help.", "fly");
        refuses("\"--fast\" is not understood: see ./postrider help.", "--fast");
        refuses(
                "\"demo --once --rehearse\" is not understood: see ./postrider help.",
                "demo",
                "--once",
                "--rehearse");
        refuses(
                "\"keys\" is not understood (a command is missing): see ./postrider keys --help.",
                "keys");
        refuses(
                "\"keys create\" is not understood (Missing required parameter: 'FILE'): see"
                        + " ./postrider keys create --help.",
                "keys",
                "create");
    }

    private void refuses(String line, String... words) {
        assertThatThrownBy(() -> commands.run(List.of(words)))
                .isInstanceOf(CannotStart.class)
                .hasMessage(line);
    }

    private static Stream<List<String>> everyWay(CommandLine line, List<String> way) {
        return Stream.concat(
                Stream.of(way),
                line.getSubcommands().entrySet().stream()
                        .filter(each -> !each.getKey().equals("help"))
                        .flatMap(each -> everyWay(each.getValue(), with(way, each.getKey()))));
    }

    private static List<String> with(List<String> way, String word) {
        return Stream.concat(way.stream(), Stream.of(word)).toList();
    }
}
