package dev.postrider.mime.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mime.address.Address;
import dev.postrider.mime.raw.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is given as an address, a header or a media type, the answer is a value. */
final class RandomInputTest {
    private static final String ALPHABET = "\"\"<<>>@@\\,;:()=?QB/ ..ab1-[]\u00e9\u7528\u00df\t";
    private static final int ROUNDS = 50_000;

    @Test
    void anAddressThatIsReadIsWrittenAndReadTheSame() {
        Random random = new Random(1);
        int sound = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = text(random) + (random.nextBoolean() ? "@b.c" : " <a@b>");
            if (Address.parse(text) instanceof Address address) {
                assertThat(Address.parse(address.toString())).as(text).isEqualTo(address);
                sound++;
            }
        }
        assertThat(sound).isBetween(ROUNDS / 20, ROUNDS - ROUNDS / 20);
    }

    @Test
    void anyHeaderIsCheckedWithoutFailing() {
        Random random = new Random(2);
        for (int round = 0; round < ROUNDS; round++) {
            String raw = "From: " + text(random) + " <a@b>\r\nTo: " + text(random) + "\r\n\r\n";
            assertThat(RawMessage.check(raw.getBytes(StandardCharsets.UTF_8))).isNotNull();
        }
    }

    @Test
    void anyMediaTypeIsReadWithoutFailing() {
        Random random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            MediaType type = MediaType.parse("a/b;" + text(random));
            if (type != null) {
                assertThat(type.name()).startsWith("a/b");
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
