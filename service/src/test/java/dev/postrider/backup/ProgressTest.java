package dev.postrider.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(said, true, UTF_8);
    private Duration now = Duration.ofDays(-9);

    @Test
    void elsewhereThanInATerminalALineIsSaidEveryFiveSeconds() {
        var progress = on("Writing", false);
        for (var second = 0; second < 12; second++) {
            progress.at("email", second * 1_000_000L, 20_000_000);
            pass(1);
        }
        progress.end();
        assertThat(said())
                .isEqualTo(
                        """
                        Writing 25%, 5000.0 kB of 20.0 MB, 1000.0 kB/s, email
                        Writing 50%, 10.0 MB of 20.0 MB, 1000.0 kB/s, email
                        """);
    }

    /** It was made long before, and says what it does at what rate. */
    @Test
    void theRateIsThatOfWhatIsDoneNow() {
        var writing = on("Writing", false);
        pass(600);
        var reading = writing.then("Reading back");
        reading.at("", 0, 20_000_000);
        pass(10);
        reading.at("", 10_000_000, 20_000_000);
        assertThat(said()).isEqualTo("Reading back 50%, 10.0 MB of 20.0 MB, 1000.0 kB/s\n");
    }

    @Test
    void inATerminalABarIsDrawnAndTakenAway() {
        var progress = on("Writing", true);
        progress.at("email", 0, 20_000_000);
        pass(1);
        progress.at("email", 10_000_000, 20_000_000);
        progress.end();
        assertThat(said())
                .isEqualTo(
                        "\r\u001b[K[##########..........] Writing 50%, 10.0 MB of 20.0 MB, 10.0 MB/s"
                                + "\r\u001b[K");
    }

    /** A line that wraps is drawn over in its last part only. */
    @Test
    void aBarFitsIntoEightyColumns() {
        var progress = on("Reading back", true);
        progress.at("a_table_of_a_long_name", 0, 9_999_900_000L);
        pass(1);
        progress.at("a_table_of_a_long_name", 9_999_900_000L, 9_999_900_000L);
        assertThat(said().replace("\r\u001b[K", "")).hasSizeLessThan(80).endsWith("MB/s");
    }

    @Test
    void aStepThatSaysNothingOfItselfIsAnnounced() {
        on("Restoring", false).step("making indexes");
        assertThat(said()).isEqualTo("Restoring: making indexes\n");
        on("Restoring", true).step("making indexes");
        assertThat(said()).endsWith("\r\u001b[KRestoring: making indexes");
    }

    private Progress on(String title, boolean inPlace) {
        return Progress.on(terminal, title, inPlace, () -> now.toNanos());
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private String said() {
        return said.toString(UTF_8);
    }
}
