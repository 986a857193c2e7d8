package dev.postrider.flow.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class SigningSecretTest {
    /** The example with which the specification's own libraries are tested. */
    @Test
    void itSignsAsTheSpecificationsExample() {
        var secret = new SigningSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var signature =
                secret.sign(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1_614_265_330),
                        "{\"test\": 2432232314}".getBytes(UTF_8));
        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aNewOneHas32BytesThatNoOtherHas() {
        var secret = SigningSecret.generate();
        assertThat(secret.text()).startsWith("whsec_");
        assertThat(Base64.getDecoder().decode(secret.text().substring("whsec_".length())))
                .hasSize(32);
        assertThat(SigningSecret.generate()).isNotEqualTo(secret);
    }

    @Test
    void itDoesNotShowInDebugTexts() {
        var secret = SigningSecret.generate();
        assertThat(secret.toString()).doesNotContain(secret.text().substring(6));
    }
}
