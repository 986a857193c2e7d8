package dev.postrider.mime.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EncodedTextTest {
    @Test
    void linesThatNobodyChangesStayAsTheyAre() {
        assertThat(EncodedText.of("Hi,\n\n.dots\n\tand tabs\n" + "x".repeat(78)))
                .isEqualTo(
                        new EncodedText(
                                TransferEncoding.SEVEN_BIT,
                                "Hi,\r\n\r\n.dots\r\n\tand tabs\r\n" + "x".repeat(78) + "\r\n"));
    }

    @Test
    void mostlyAsciiStaysReadable() {
        assertThat(EncodedText.of("From Köln \n.\nFrom Bonn\n--=x\n" + "y".repeat(80)))
                .isEqualTo(
                        new EncodedText(
                                TransferEncoding.QUOTED_PRINTABLE,
                                """
                                =46rom K=C3=B6ln=20
                                =2E
                                =46rom Bonn
                                --=3Dx
                                """
                                                .replace("\n", "\r\n")
                                        + "y".repeat(75)
                                        + "=\r\nyyyyy\r\n"));
    }

    @Test
    void muchElseIsShorterInBase64() {
        assertThat(EncodedText.of("日本語"))
                .isEqualTo(new EncodedText(TransferEncoding.BASE64, "5pel5pys6KqeDQo=\r\n"));
    }

    @Test
    void softLineBreaksFallBetweenCharacters() {
        String body = EncodedText.of("x".repeat(70) + "ä".repeat(6)).body();
        assertThat(body.split("=\r\n", -1)).hasSizeGreaterThan(1).noneMatch(l -> l.endsWith("=C3"));
    }
}
