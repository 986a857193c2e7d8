package dev.postrider.door.console.installation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FiguresTest {
    @Test
    void sizesHaveTwoOrThreeDigits() {
        assertThat(Figures.octets(999)).isEqualTo("999 bytes");
        assertThat(Figures.octets(1_000)).isEqualTo("1.0 KB");
        assertThat(Figures.octets(12_345_678)).isEqualTo("12 MB");
        assertThat(Figures.octets(999_900_000)).isEqualTo("1.0 GB");
        assertThat(Figures.octets(53_000_000_000L)).isEqualTo("53 GB");
        assertThat(Figures.octets(5_000_000_000_000_000L)).isEqualTo("5000 TB");
    }

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
