package dev.postrider.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
final class HttpContractTest {
    private final Api api = Api.underTest();

    @Test
    void anUnknownPathIsAnsweredInTheOneErrorForm() {
        var answer = api.get("/nowhere");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("code").asText()).isEqualTo("not_found");
        assertThat(answer.json().path("statusCode").asInt()).isEqualTo(404);
    }

    @Test
    void theApiDescribesItself() {
        assertThat(api.get("/openapi.json").json().path("openapi").asText()).startsWith("3.");
        assertThat(api.get("/docs/").status()).isEqualTo(200);
    }
}
