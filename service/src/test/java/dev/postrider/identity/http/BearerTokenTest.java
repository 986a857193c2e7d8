package dev.postrider.identity.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BearerTokenTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer a.b-c_d~e+f/g==",
                "bearer a.b-c_d~e+f/g==",
                "BEARER   a.b-c_d~e+f/g== "
            })
    void theSchemeIsReadInAnyCase(String header) {
        assertThat(BearerToken.in(List.of(header)))
                .isEqualTo(new BearerToken.Given("a.b-c_d~e+f/g=="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic Og==", "Bearerish abc", "Digest x", "abc"})
    void anotherSchemeGivesNoBearerToken(String header) {
        assertThat(BearerToken.in(List.of(header))).isInstanceOf(BearerToken.Absent.class);
    }

    @Test
    void noHeaderGivesNoBearerToken() {
        assertThat(BearerToken.in(List.of())).isInstanceOf(BearerToken.Absent.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bearer a b", "Bearer a,Bearer b", "Bearer \"a\"", "Bearer =", "Bearer é"})
    void aBrokenHeaderIsMalformed(String header) {
        assertThat(BearerToken.in(List.of(header))).isInstanceOf(BearerToken.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "bearer   "})
    void aTokenThatIsNotSetIsEmpty(String header) {
        assertThat(BearerToken.in(List.of(header))).isInstanceOf(BearerToken.Empty.class);
    }

    @Test
    void twoHeadersAreMalformedEvenWhenTheyAgree() {
        assertThat(BearerToken.in(List.of("Bearer a", "Bearer a")))
                .isInstanceOf(BearerToken.Malformed.class);
    }

    @Test
    void aTokenNeverPrintsItself() {
        assertThat(BearerToken.in(List.of("Bearer secret")).toString()).doesNotContain("secret");
    }
}
