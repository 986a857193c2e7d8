package dev.postrider.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final Path LAUNCHER = Path.of("postrider");

    private static Arguments parse(String... words) {
        return Arguments.parse(
                LAUNCHER, "console", List.of(words), List.of("--out", "--only", "--rows"));
    }

    @Test
    void numbersAreReadAndOtherwiseWhatTheBenchSays() {
        assertThat(parse("--rows", "1_000").number("--rows", 5)).isEqualTo(1_000);
        assertThat(parse().number("--rows", 5)).isEqualTo(5);
    }

    @Test
    void rowsAreChosenByTheirKeys() {
        var some = parse("--only", "newest,deep");
        assertThat(some.wants("deep")).isTrue();
        assertThat(some.wants("tag")).isFalse();
        assertThat(parse().wants("tag")).isTrue();
        assertThat(parse().only()).isEmpty();
    }

    @Test
    void thePageHasTheBenchsNameUnlessAnotherIsGiven() {
        assertThat(parse().file()).isEqualTo(Path.of("docs/bench/console.md"));
        assertThat(parse("--out", "there.md").file()).isEqualTo(Path.of("there.md"));
    }

    @Test
    void whatNobodyKnowsOrHasNoValueIsRefused() {
        assertThatThrownBy(() -> parse("--row", "1"))
                .hasMessage("bench console doesn't know --row, only [--out, --only, --rows]");
        assertThatThrownBy(() -> parse("--rows")).hasMessage("--rows needs a value");
        assertThatThrownBy(() -> parse("--rows", "many").number("--rows", 1))
                .hasMessage("--rows needs a number instead of many");
    }
}
