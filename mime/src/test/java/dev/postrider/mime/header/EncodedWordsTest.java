package dev.postrider.mime.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EncodedWordsTest {
    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    @Test
    void endBetweenGraphemeClusters() {
        String text = "👩‍👩‍👧‍👦🏳️‍🌈e\u0301🇩🇪क्षि".repeat(20);
        List<String> words = EncodedWords.of(text, 60);
        List<String> decoded = words.stream().map(DecodeWords::in).toList();
        assertThat(words).allMatch(word -> word.length() <= 75).hasSizeGreaterThan(10);
        assertThat(String.join("", decoded)).isEqualTo(text);
        assertThat(decoded.stream().flatMap(EncodedWordsTest::clusters))
                .containsExactlyElementsOf(clusters(text).toList());
    }

    @Test
    void cutAClusterThatNoWordHolds() {
        String text = "a" + "\u0301".repeat(100);
        List<String> words = EncodedWords.of(text, 60);
        assertThat(words).allMatch(word -> word.length() <= 75);
        assertThat(words.stream().map(DecodeWords::in).collect(Collectors.joining()))
                .isEqualTo(text);
    }

    @Test
    void takeTheShorterEncoding() {
        assertThat(EncodedWords.of("Ihre Rechnung aus Köln am Rhein", 75))
                .containsExactly("=?UTF-8?Q?Ihre_Rechnung_aus_K=C3=B6ln_am_Rhein?=");
        assertThat(EncodedWords.of("日本語", 75)).containsExactly("=?UTF-8?B?5pel5pys6Kqe?=");
    }

    private static Stream<String> clusters(String text) {
        return GRAPHEME.matcher(text).results().map(MatchResult::group);
    }
}
