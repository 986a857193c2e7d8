package dev.postrider.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void aTargetThatIsReachedIsMetAndWhatWasNotMeasuredIsMissed() {
        assertThat(
                        new Targets()
                                .atMost("ms", 99.96, 100)
                                .atMost("MB", 513, 512)
                                .atLeast("emails a second", 6_000, 6_000)
                                .atLeast("connects a second", Double.NaN, 1)
                                .toString())
                .isEqualTo(
                        """
                        | target | reached | |
                        | --- | ---: | --- |
                        | ms | 100.0 | met |
                        | MB | 513 | **missed** |
                        | emails a second | 6,000 | met |
                        | connects a second |  | **missed** |
                        """);
    }

    @Test
    void percentilesAreOfTheSortedTimes() {
        var times = Percentiles.of(3_000_000, 1_000_000, 2_000_000);
        assertThat(times.at(0)).isEqualTo(1);
        assertThat(times.at(50)).isEqualTo(2);
        assertThat(times.at(100)).isEqualTo(3);
        assertThat(Percentiles.of().at(50)).isNaN();
    }

    @Test
    void aTableHasWordsAndThenNumbers() {
        assertThat(Page.table(List.of("", "ms", "µs"), Stream.of(List.of("one", "1", "2"))))
                .isEqualTo(
                        """
                        |  | ms | µs |
                        | --- | ---: | ---: |
                        | one | 1 | 2 |
                        """);
    }

    @Test
    void aPageSaysOnWhatItWasMade() {
        assertThat(Page.machine(Path.of("postrider")))
                .contains(" processors, ")
                .containsPattern("commit .+\\.$");
    }
}
