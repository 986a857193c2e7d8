package dev.postrider.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartReportTest {
    @Test
    void ratiosAreToTheDatabaseAlone() {
        var page = StartReport.of(List.of(started("a", 1.6), alone()), Duration.ofSeconds(5), "");

        assertThat(page)
                .contains("| a | 3.2 | 1.6 | 2.4 | 3.0 | 140 | 100 | 40.0 |")
                .contains("| its PostgreSQL alone | 2.0 | 0.20 | 0.10 | 0.20 |  |  | 35.0 |")
                .contains("| a | 1.6 | 8.0 | 24.0 |\n")
                .contains("until 5 s later");
    }

    @Test
    void targetsAreForTheLastProgram() {
        var rows = List.of(started("slow", 3), started("fast", 1.5), alone());

        assertThat(StartReport.of(rows, Duration.ZERO, ""))
                .contains("| ready on data, s | 1.5 | met |")
                .contains("| ready on none, s | 3.0 | met |");
        assertThat(StartReport.of(List.of(started("slow", 3), alone()), Duration.ZERO, ""))
                .contains("| ready on data, s | 3.0 | **missed** |");
    }

    @Test
    void theMedianIsTheOneInTheMiddle() {
        assertThat(Started.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Started.median(List.of())).isNaN();
    }

    private static Started started(String title, double seconds) {
        var started = new Started(title);
        started.addOnNone(2 * seconds);
        started.addOnData(seconds, 2.4);
        started.setIdle(new Started.Idle(3, 140, 100, 40));
        return started;
    }

    private static Started alone() {
        var alone = new Started("its PostgreSQL alone");
        alone.addOnNone(2);
        alone.addOnData(0.2, 0.1);
        alone.setIdle(new Started.Idle(0.2, Double.NaN, Double.NaN, 35));
        return alone;
    }
}
