package dev.postrider.mime.compose;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Two independent readers find in each hard message what went in. */
final class ReadBackTest {
    private static final Map<String, Draft> DRAFTS = HardDrafts.all();
    static final Iterable<String> NAMES = DRAFTS.keySet();

    @ParameterizedTest
    @FieldSource("NAMES")
    void mime4jReadsWhatWentIn(String name) throws IOException {
        Draft draft = draft(name);
        assertThat(ReadByMime4j.read(Drafts.bytes(draft))).isEqualTo(Expected.readingOf(draft));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyMessageKeepsTheRulesOfTheWire(String name) throws IOException {
        Composed composed = Drafts.composed(draft(name));
        WireRules.check(composed.toBytes(), composed.needsSmtpUtf8());
        assertThat(composed.toBytes()).hasSize((int) composed.size());
    }

    @Test
    void pythonReadsWhatWentIn(@TempDir Path directory) throws Exception {
        for (String name : NAMES) {
            Files.write(directory.resolve(name), Drafts.bytes(draft(name)));
        }
        Map<String, Reading> readings = ReadByPython.readAll(directory);
        assertThat(readings).hasSameSizeAs(DRAFTS);
        assertThat(DRAFTS.keySet())
                .allSatisfy(name ->
                        assertThat(readings.get(name))
                                .as(name)
                                .isEqualTo(Expected.readingOf(draft(name))));
    }

    private static Draft draft(String name) {
        return requireNonNull(DRAFTS.get(name));
    }
}
