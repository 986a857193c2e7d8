package dev.postrider.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CostReportTest {
    private static final Spent FEW = new Spent("few", 0, 30, 150_000, 150_000, 200, 60);
    private static final Spent MANY = new Spent("many", 0, 30, 200_000, 200_000, 210, 60);

    @Test
    void anIdleHourIsReckonedFromWhatWasMeasured() {
        assertThat(FEW.secondsAnHour()).isCloseTo(36, within(0.001));
        assertThat(MANY.millisADay(FEW, 1_000)).isCloseTo(288, within(0.001));
        assertThat(CostReport.idles(List.of(FEW))).endsWith("| few | 36.0 | 1.0 | 200 | 60.0 |\n");
    }

    @Test
    void costsAreByEmail() {
        var sent = new Spent("a loop", 1_000, 2, 500_000, Double.NaN, 80, Double.NaN);
        assertThat(CostReport.emails(List.of(sent)))
                .endsWith("| a loop | 500 | 500 |  | 80.0 |  |\n");
    }

    @Test
    void targetsAreOfAWholePage() {
        var email = new Spent("", 1_000, 2, 900_000, 800_000, 80, 60);
        var emails = List.of(email, email, email, email);
        assertThat(CostReport.of(emails, List.of(FEW, MANY, FEW, FEW), 1_000, "this machine."))
                .contains("| a caller who waits: µs of the program | 900 | met |")
                .contains("| the same: µs of PostgreSQL | 800 | **missed** |")
                .contains("| idle: % of a processor, of both | 1.0 | met |")
                .contains("288 ms of processor");
        assertThat(CostReport.of(emails, List.of(MANY, FEW, FEW, FEW), 1_000, "this machine."))
                .contains("Less than can be told: the difference");
        assertThat(CostReport.of(List.of(), List.of(), 1_000, "")).doesNotContain("| target |");
    }
}
