package dev.postrider.mime.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DateFieldTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thu, 26 Nov 2026 20:55:00 +0000",
                " Thu, 26 Nov 2026 20:55:00 -0000 (UTC)",
                "26 Nov 2026 20:55 +0530",
                "thu,26 nov 2026 20:55:60 GMT",
                "Thu,  5 Nov\t2026 20:55:00 EST",
                "29 Feb 2024 00:00:00 +1400",
                "21 Nov 97 09:55:06 -0600",
                "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600",
            })
    void isOneThatReadersKnow(String date) {
        assertThat(DateField.isSound(date)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "now",
                "2026-11-26T20:55:00Z",
                "Thu, 26 Nov 2026",
                "Thu, 26 Nov 2026 20:55:00",
                "Fri, 26 Nov 2026 20:55:00 +0000",
                "30 Feb 2026 20:55:00 +0000",
                "0 Nov 2026 20:55:00 +0000",
                "26 Nou 2026 20:55:00 +0000",
                "26 Nov 2026 24:00:00 +0000",
                "26 Nov 2026 20:60:00 +0000",
                "26 Nov 2026 20:55:61 +0000",
                "26 Nov 2026 20:55:00 +0060",
                "26 Nov 2026 20:55:00 +0000 x",
            })
    void anythingElseIsNone(String date) {
        assertThat(DateField.isSound(date)).isFalse();
    }
}
