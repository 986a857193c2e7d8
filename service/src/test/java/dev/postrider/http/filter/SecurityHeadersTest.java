package dev.postrider.http.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.http.Api;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
final class SecurityHeadersTest {
    private final Api api = Api.underTest();

    @ParameterizedTest
    @ValueSource(strings = {"/emails", "/me", "/no/such/path", "/openapi.json"})
    void everyAnswerIsKeptNowhereAndShowsNothing(String path) {
        var answer = api.get(path);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    /** Its page has a script within it, and its Authorize button calls this server's /token. */
    @Test
    void theExplorerReachesThisServerAlone() {
        var answer = api.get("/docs/");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("sandbox");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }
}
