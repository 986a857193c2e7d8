package dev.postrider.mime.compose;

import static dev.postrider.mime.compose.Drafts.draft;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mime.address.Addresses;
import dev.postrider.mime.encoding.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any Unicode text comes back, whatever its characters and its length. */
final class RandomRoundTripTest {
    private static final int MIME4J_ROUNDS = 800;
    private static final int PYTHON_ROUNDS = 300;

    @Test
    void mime4jReadsAnyText() throws IOException {
        for (int seed = 0; seed < MIME4J_ROUNDS; seed++) {
            Draft draft = randomDraft(seed);
            Composed composed = Drafts.composed(draft);
            WireRules.check(composed.toBytes(), false);
            assertSame("seed " + seed, ReadByMime4j.read(composed.toBytes()), draft);
        }
    }

    @Test
    void pythonReadsAnyText(@TempDir Path directory) throws Exception {
        Map<String, Draft> drafts = new HashMap<>();
        for (int seed = 0; seed < PYTHON_ROUNDS; seed++) {
            drafts.put("seed " + seed, randomDraft(seed));
            Files.write(directory.resolve("seed " + seed), Drafts.bytes(randomDraft(seed)));
        }
        Map<String, Reading> readings = ReadByPython.readAll(directory);
        drafts.forEach(
                (seed, draft) -> assertSame(seed, requireNonNull(readings.get(seed)), draft));
    }

    private static void assertSame(String seed, Reading found, Draft draft) {
        Reading expected = Expected.readingOf(draft);
        assertThat(found.subject()).as(seed).isEqualTo(expected.subject());
        assertThat(found.to()).as(seed).isEqualTo(expected.to());
        assertThat(found.texts()).as(seed).isEqualTo(expected.texts());
        assertThat(found.files()).as(seed).isEqualTo(expected.files());
    }

    /**
     * File names here have no percent sign, apostrophe or plus sign: Mime4j 0.8.12 decodes the
     * sections of a long name again and again. {@link HardDrafts} has them in a short one.
     */
    private static Draft randomDraft(int seed) {
        RandomText random = new RandomText(new Random(seed));
        String name = random.line(120).strip();
        Draft.Builder draft =
                draft().to(Addresses.address(name, "a@example.com"))
                        .subject(random.line(300))
                        .text(random.text(2_000))
                        .attach(
                                Attachment.file(
                                        random.line(60).replaceAll("[/\\\\%'+]", "_") + ".bin",
                                        Source.of(random.octets(300))));
        return random.coin() ? draft.html("<p>" + random.text(2_000)).build() : draft.build();
    }
}
