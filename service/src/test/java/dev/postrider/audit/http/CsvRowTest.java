package dev.postrider.audit.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4180, and no formula of somebody else's. */
final class CsvRowTest {
    @Test
    void cellsAreSeparatedByCommasAndEndWithCrLf() {
        assertThat(CsvRow.of("a", null, 404, "b c")).isEqualTo("a,,404,b c\r\n");
    }

    @Test
    void whatHasACommaAQuoteOrALineEndIsQuoted() {
        assertThat(CsvRow.of("a,b", "say \"hi\"", "two\r\nlines", "x\ny"))
                .isEqualTo("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",\"x\ny\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=cmd|' /C calc'!A0",
                "+1+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\uff1d1+1",
                "\uff0b1",
                "\uff0d1",
                "\uff20SUM(A1)"
            })
    void aFormulaIsText(String formula) {
        assertThat(CsvRow.of(formula)).isEqualTo("'" + formula + "\r\n");
    }

    @Test
    void aFormulaBehindALineEndIsTextToo() {
        assertThat(CsvRow.of("\r=1,2")).isEqualTo("\"'\r=1,2\"\r\n");
        assertThat(CsvRow.of("\n=1")).isEqualTo("\"'\n=1\"\r\n");
    }

    @Test
    void whatOnlyHoldsSuchASignStaysAsItIs() {
        assertThat(CsvRow.of("a=b", "2026-12-24", "/users/1"))
                .isEqualTo("a=b,2026-12-24,/users/1\r\n");
    }
}
