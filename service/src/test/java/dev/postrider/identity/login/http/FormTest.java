package dev.postrider.identity.login.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FormTest {
    @Test
    void itReadsPlusAndPercentAsUtf8() throws IOException {
        assertThat(read("a=1+2&b=%C3%A4%26%3D&%63=%F0%9F%90%8E"))
                .isEqualTo(
                        new Form.Read.Parsed(new Form(Map.of("a", "1 2", "b", "ä&=", "c", "🐎"))));
    }

    @Test
    void itReadsUtf8ThatIsNotPercentEncoded() throws IOException {
        assertThat(read("a=ä")).isEqualTo(new Form.Read.Parsed(new Form(Map.of("a", "ä"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "a", "a=", "a=&a=", "=x&", "&&a&&"})
    void aParameterWithoutValueIsLeftOut(String body) throws IOException {
        assertThat(((Form.Read.Parsed) read(body)).form().parameter("a")).isEmpty();
    }

    @Test
    void aSecondEqualsSignBelongsToTheValue() throws IOException {
        assertThat(read("a=b=c")).isEqualTo(new Form.Read.Parsed(new Form(Map.of("a", "b=c"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1&a=2",
                "a=1&%61=1",
                "a=%",
                "a=%4",
                "a=%zz",
                "a=%ff",
                "a=%C3",
                "a=x%00",
                "%ED%A0%80=1"
            })
    void aBrokenBodyIsMalformed(String body) throws IOException {
        assertThat(read(body)).isInstanceOf(Form.Read.Malformed.class);
    }

    @Test
    void sixteenKilobytesAreReadAndNotOneByteMore() throws IOException {
        var most = "a=" + "x".repeat(16 * 1024 - 2);
        assertThat(read(most)).isInstanceOf(Form.Read.Parsed.class);
        assertThat(read(most + "x")).isInstanceOf(Form.Read.TooLarge.class);
    }

    @Test
    void aFormNeverPrintsItsValues() throws IOException {
        assertThat(read("password=secret").toString())
                .contains("password")
                .doesNotContain("secret");
    }

    private static Form.Read read(String body) throws IOException {
        return Form.read(new ByteArrayInputStream(body.getBytes(UTF_8)));
    }
}
