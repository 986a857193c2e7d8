package dev.postrider.flow.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduledTimeTest {
    /** A Thursday, when New York is five hours behind. */
    private static final Instant NOW = Instant.parse("2026-11-26T15:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-12-24T18:00:00Z, 2026-12-24T18:00:00Z",
        "2026-12-24T18:00:00+01:00, 2026-12-24T17:00:00Z",
        "2026-12-24 18:00:00+00, 2026-12-24T18:00:00Z",
        // what Python's isoformat writes of a time without a zone
        "2026-12-24T18:00:00, 2026-12-24T18:00:00Z",
        "2026-12-24T18:00:00.123456, 2026-12-24T18:00:00.123456Z",
        "2028-02-29T00:00:00Z, 2028-02-29T00:00:00Z",
        "in 1 min, 2026-11-26T15:01:00Z",
        "In 90 Minutes, 2026-11-26T16:30:00Z",
        "in 2 hrs, 2026-11-26T17:00:00Z",
        "in an hour, 2026-11-26T16:00:00Z",
        "in 2 weeks, 2026-12-10T15:00:00Z",
        "tomorrow at 9am, 2026-11-27T09:00:00Z",
        "today at 5:30 pm, 2026-11-26T17:30:00Z",
        "Friday at 3pm ET, 2026-11-27T20:00:00Z",
        "friday at 3pm, 2026-11-27T15:00:00Z",
        "next Monday at 10:15 CET, 2026-11-30T09:15:00Z",
        "thursday at noon, 2026-12-03T12:00:00Z",
        "thursday at 4pm, 2026-11-26T16:00:00Z",
        "at 8:00 Europe/Berlin, 2026-11-27T07:00:00Z",
        "tomorrow at midnight UTC, 2026-11-27T00:00:00Z",
    })
    void itIsReadAsPeopleAndProgramsWriteIt(String text, Instant time) {
        assertThat(ScheduledTime.parse(text, NOW)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30T10:00:00Z",
                "2026-02-29T10:00:00Z",
                "2026-04-31T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "2026-12-24T25:00:00Z",
                "2026-12-24T24:00:00Z",
                "tomorrow",
                "tomorrow at 9",
                "tomorrow at 13pm",
                "tomorrow at 25:00",
                "Friday at 3pm XYZ",
                "someday at 3pm",
                "soon",
                "",
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(ScheduledTime.parse(text, NOW)).isEmpty();
    }

    /** On the 14th clocks go from 2 to 3 in New York. */
    @Test
    void whatClocksPassOverIsNone() {
        var before = Instant.parse("2027-03-12T15:00:00Z");
        assertThat(ScheduledTime.parse("Sunday at 2:30am ET", before)).isEmpty();
        assertThat(ScheduledTime.parse("Sunday at 3:00am ET", before))
                .contains(Instant.parse("2027-03-14T07:00:00Z"));
    }
}
