package dev.postrider.mime.compose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mime.address.AddressList;
import dev.postrider.mime.header.DecodeWords;
import dev.postrider.mime.header.ParameterList;
import dev.postrider.mime.raw.RawCheck;
import dev.postrider.mime.raw.RawMessage;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A header's value costs what its length is, whatever stands in it. */
final class HostileValuesTest {
    private static final List<Consumer<CharSequence>> READERS =
            List.of(
                    value -> AddressList.parse(value, 1_000),
                    value -> AddressList.parse(value, Integer.MAX_VALUE),
                    DecodeWords::in,
                    value -> ParameterList.of(value).get("a"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\"\"",
                "\"\\",
                "(",
                "()",
                ")",
                "(\\",
                "<",
                ">",
                "<>",
                ",",
                ";",
                ":",
                "a,",
                "a,b <",
                "a@",
                "a@b,",
                "@",
                "=",
                "=?",
                "?=",
                "=?x",
                "=?x?",
                "=?x?q?",
                "=?x?q?y?=",
                "=?utf-8?q?=41?= ",
                "=?utf-8?b?YQ==?=",
                "=?utf-8?q?a?=\t\t\t",
                "=?=?",
                "==?",
                ";a=",
                ";a=\"",
                ";a=\"\\\"",
                ";a*=",
                ";a*0=x",
                ";a*0*=''%41",
                "a=b;",
                "%",
                "x",
            })
    void isLookedAtAFewTimesOnly(String piece) {
        for (Consumer<CharSequence> reader : READERS) {
            for (int length : List.of(10_000, 100_000)) {
                CountedText value = new CountedText(piece.repeat(length / piece.length()));
                reader.accept(value);
                assertThat(value.looks()).isLessThan(12L * length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "(", "=?utf-8?q?a?= ", "a@b, ", "a, ", "=?x?q?y?= "})
    void ofAMessageIsRefusedOrTakenInTheSameWay(String piece) {
        String line = piece.repeat(900 / piece.length());
        String folded = (line + "\r\n ").repeat(250_000 / line.length());
        String message = "From: a@b\r\nTo: " + folded + "x\r\nSubject: " + line + "\r\n\r\n";
        assertThat(RawMessage.check(message.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        RawCheck.Flawed.class,
                        flawed -> assertThat(flawed.flaws()).hasSizeLessThanOrEqualTo(100));
    }
}
