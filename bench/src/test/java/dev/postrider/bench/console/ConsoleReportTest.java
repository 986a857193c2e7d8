package dev.postrider.bench.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.bench.rig.Percentiles;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {
    private static final Sample SAMPLE =
            new Sample(List.of("an-id"), List.of(Instant.parse("2026-11-27T01:02:03Z")));

    @Test
    void eachQuestionIsAskedWithNothingLeftOpen() {
        var random = new Random(1);
        assertThat(Question.all())
                .allSatisfy(each ->
                        assertThat(each.ask(SAMPLE, random))
                                .startsWith("/emails")
                                .doesNotContainPattern("[A-Z]{2}|=M|rR@"));
        assertThat(Question.all()).extracting(Question::key).doesNotHaveDuplicates();
    }

    @Test
    void anHourIsAskedForByItsEnds() {
        var hour = new Question("time", "", "/emails?created_after=FROM&created_before=TO");
        assertThat(hour.ask(SAMPLE, new Random(1)))
                .isEqualTo(
                        "/emails?created_after=2026-11-27T01:02:03Z&created_before=2026-11-27T02:02:03Z");
    }

    @Test
    void aScanOrASlowAnswerIsMissedInTheOpen() {
        var setting = new ConsoleReport.Setting("this machine.", 1_000, 1.5, 300);
        var quick = asked(50_000_000, 0);
        assertThat(ConsoleReport.of(List.of(), List.of(quick), setting))
                .contains("where there are 1,000 emails")
                .contains("The database has 1.5 GB.")
                .contains("| newest page | 50.0 | 50.0 | 50.0 | 100 | 200 | 0 |")
                .contains("| ms at p95, whatever page or search | 50.0 | met |")
                .contains("| sequential scans | 0 | met |");
        var slow = asked(200_000_000, 1);
        assertThat(ConsoleReport.of(List.of(slow), List.of(quick), setting))
                .contains("| ms at p95, whatever page or search | 200 | **missed** |")
                .contains("| sequential scans | 1.0 | **missed** |");
    }

    private static Asked asked(long nanos, int scans) {
        return new Asked(Question.all().getFirst(), Percentiles.of(nanos, nanos), 200, 400, scans);
    }
}
