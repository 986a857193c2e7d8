package dev.postrider.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.JsonBody.Read;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each of these was a hundred times its size in memory before it was looked at. */
final class JsonBodyTest {
    private static final int MANY = 24 * 1024 * 1024;

    @Test
    void millionsOfSmallValuesAreRefusedBeforeATreeIsMadeOfThem() throws IOException {
        assertThat(detail("{\"a\":[" + "0,".repeat(8_000_000) + "0]}")).contains("values");
        assertThat(detail("{\"a\":[" + "[],".repeat(8_000_000) + "0]}")).contains("values");
    }

    @Test
    void longNamesAreRefused() throws IOException {
        var names =
                IntStream.range(0, 400)
                        .mapToObj(i -> "\"" + "n".repeat(49_000) + i + "\":0")
                        .collect(Collectors.joining(",", "{", "}"));
        assertThat(detail(names)).contains("name");
    }

    @Test
    void deepNestingAndLongNumbersAreRefused() throws IOException {
        assertThat(detail("{\"a\":" + "[".repeat(65))).contains("deeper");
        assertThat(detail("{\"a\":" + "1".repeat(101) + "}")).contains("number");
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws IOException {
        assertThat(read("\ufeff{\"a\":1}")).isInstanceOf(Read.Json.class);
    }

    private static String detail(String body) throws IOException {
        assertThat(read(body)).isInstanceOf(Read.Rejected.class);
        return ((Read.Rejected) read(body)).problem().detail();
    }

    private static Read read(String body) throws IOException {
        return JsonBody.read(new ByteArrayInputStream(body.getBytes(UTF_8)), MANY);
    }
}
