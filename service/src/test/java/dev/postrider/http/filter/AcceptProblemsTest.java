package dev.postrider.http.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AcceptProblemsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/problem+json, text/html;q=0.9 , */*;q=0.8",
                "application/json;a=b;c=\"d\"",
            })
    void readsWhatClientsSend(String accept) {
        assertThat(AcceptProblems.isReadable(accept)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "///", "a", "a/b/c", "a/b;c/d", "a/b,", ",", "a/b c"})
    void countsWhatIsNoneAsNone(String accept) {
        assertThat(AcceptProblems.isReadable(accept)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {";", ";a=b", ",", "a/b,", "*/*;", " ", "/", "a"})
    void readsNothingThatIsTooLong(String piece) {
        assertThat(AcceptProblems.isReadable("a/b" + piece.repeat(100_000))).isFalse();
        assertThat(AcceptProblems.isReadable("a/b;" + piece.repeat(100_000))).isFalse();
    }
}
