package dev.postrider.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NumbersTest {
    @Test
    void sizesHaveTwoOrThreeDigits() {
        assertThat(Numbers.octets(1)).isEqualTo("1 byte");
        assertThat(Numbers.octets(999)).isEqualTo("999 bytes");
        assertThat(Numbers.octets(1_000)).isEqualTo("1.0 KB");
        assertThat(Numbers.octets(12_345_678)).isEqualTo("12 MB");
        assertThat(Numbers.octets(999_900_000)).isEqualTo("1.0 GB");
        assertThat(Numbers.octets(53_000_000_000L)).isEqualTo("53 GB");
        assertThat(Numbers.octets(5_000_000_000_000_000L)).isEqualTo("5000 TB");
    }
}
