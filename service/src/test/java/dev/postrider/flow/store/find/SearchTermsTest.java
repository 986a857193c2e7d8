package dev.postrider.flow.store.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words are the same however they are written. */
final class SearchTermsTest {
    private static final EmailKey EMAIL =
            new EmailKey(new UUID(1, 2), UUID.fromString("019a8f5e-7c1b-7000-8000-000000000000"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Your invoice RE-2026/4711 | your invoice re 2026 4711",
                "MÜLLER & Söhne | muller sohne",
                "Müller | muller",
                "Straße, Œuvre, Łódź, Ærø, ISTANBUL | strasse oeuvre lodz aero istanbul",
                "Счёт № 7 | счет no 7",
                "发票 2026 | 发 票 2026",
                "ﬁnal ２０２６ | final 2026",
                "again again AGAIN | again"
            })
    void wordsAreComparedWithoutCaseAndAccents(String text, String words) {
        assertThat(SearchTerms.words(text)).isEqualTo(List.of(words.split(" ")));
    }

    @Test
    void signsAloneAreNoWords() {
        assertThat(SearchTerms.words("  — !? \u0301 ")).isEmpty();
    }

    @Test
    void aLongSubjectHasNoMoreTermsThanItMay() {
        assertThat(SearchTerms.words("a b c ".repeat(100) + "d ".repeat(3))).hasSize(4);
        var many = new StringBuilder();
        for (var i = 0; i < 1_000; i++) {
            many.append("w").append(i).append(' ');
        }
        assertThat(SearchTerms.words(many.toString())).hasSize(64);
        assertThat(SearchTerms.words("x".repeat(5_000))).containsExactly("x".repeat(40));
    }

    @Test
    void aTermIsOfItsWorkspaceAndHasNoSpace() {
        var terms =
                SearchTerms.of(
                        EMAIL,
                        "Hello",
                        "Ada <Ada@Example.com>",
                        List.of("\"grace h\"@Example.org", "grace@example.org"));

        var mark = SearchTerms.mark(EMAIL.workspaceId());
        assertThat(terms.split(" "))
                .containsExactly(
                        mark + "t" + SearchTerms.dayOf(EMAIL.id()),
                        mark + "fada@example.com",
                        mark + "shello",
                        mark + "l\"grace_h\"",
                        mark + "dexample.org",
                        mark + "lgrace");
        assertThat(mark).isNotEqualTo(SearchTerms.mark(new UUID(1, 3)));
    }
}
