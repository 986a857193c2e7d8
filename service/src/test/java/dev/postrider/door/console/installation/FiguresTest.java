package dev.postrider.door.console.installation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FiguresTest {
    @Test
    void countsSayWhereTheyEnd() {
        assertThat(Figures.counted(99_999)).isEqualTo("99,999");
        assertThat(Figures.counted(100_000)).isEqualTo("100,000 or more");
    }

    @Test
    void timesAreTold() {
        assertThat(Figures.duration(7 * 86_400)).isEqualTo("7 days");
        assertThat(Figures.duration(730 * 86_400)).isEqualTo("730 days");
        assertThat(Figures.duration(36 * 3_600)).isEqualTo("36 hours");
        assertThat(Figures.duration(600)).isEqualTo("10 minutes");
    }
}
