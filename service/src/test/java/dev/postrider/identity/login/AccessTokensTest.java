package dev.postrider.identity.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessTokensTest {
    private static final SigningKey KEY = key("0123456789abcdef0123456789abcdef");
    private static final Session SESSION =
            new Session(
                    new UUID(0, 3),
                    new Caller(new UUID(0, 1), new UUID(0, 2), "ann@example.com", Role.MEMBER));

    private final SettableClock clock = new SettableClock();
    private final AccessTokens tokens = new AccessTokens(KEY, clock);

    @Test
    void aTokenNamesItsSessionAndUser() {
        assertThat(tokens.check(tokens.make(SESSION)))
                .isEqualTo(
                        new AccessTokens.Checked.Genuine(
                                new AccessTokens.Claims(
                                        new UUID(0, 1), new UUID(0, 3), new UUID(0, 2))));
    }

    @Test
    void aTokenSaysWhatTheDesignSaysItSays() {
        assertThat(payload(tokens.make(SESSION)))
                .contains("\"iss\":\"postrider\"")
                .contains("\"sub\":\"00000000-0000-0000-0000-000000000002\"")
                .contains("\"sid\":\"00000000-0000-0000-0000-000000000003\"")
                .contains("\"wid\":\"00000000-0000-0000-0000-000000000001\"")
                .contains("\"role\":\"member\"")
                .contains("\"iat\":1795348800")
                .contains("\"exp\":1795349700")
                .contains("\"jti\":")
                .doesNotContain("ann@example.com");
    }

    @Test
    void aTokenIsGoodForFifteenMinutesAndNoSecondLonger() {
        var token = tokens.make(SESSION);
        clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(tokens.check(token)).isInstanceOf(AccessTokens.Checked.Genuine.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.check(token)).isInstanceOf(AccessTokens.Checked.Expired.class);
    }

    @Test
    void noTwoTokensAreTheSame() {
        assertThat(tokens.make(SESSION)).isNotEqualTo(tokens.make(SESSION));
    }

    @Test
    void aTokenUnderAnotherKeyIsForged() {
        var others = new AccessTokens(key("another key, which is as long as"), clock);
        assertThat(tokens.check(others.make(SESSION)))
                .isInstanceOf(AccessTokens.Checked.Forged.class);
    }

    @Test
    void anExpiredTokenUnderAnotherKeyIsForgedRatherThanExpired() {
        var token = new AccessTokens(key("another key, which is as long as"), clock).make(SESSION);
        clock.advance(Duration.ofDays(1));
        assertThat(tokens.check(token)).isInstanceOf(AccessTokens.Checked.Forged.class);
    }

    @Test
    void aChangedPayloadIsForged() {
        var parts = tokens.make(SESSION).split("\\.", -1);
        var owner = payload(String.join(".", parts)).replace("member", "owner");
        assertThat(tokens.check(parts[0] + "." + base64(owner) + "." + parts[2]))
                .isInstanceOf(AccessTokens.Checked.Forged.class);
    }

    @Test
    void anUnsignedTokenIsForged() {
        var payload = payload(tokens.make(SESSION));
        assertThat(tokens.check(base64("{\"alg\":\"none\"}") + "." + base64(payload) + "."))
                .isInstanceOf(AccessTokens.Checked.Forged.class);
    }

    @Test
    void theRightKeyUnderAnotherAlgorithmIsForged() throws JoseException {
        var key = new SecretKeySpec(new byte[64], "HmacSHA512");
        var checked = new AccessTokens(new SigningKey(new UUID(0, 1), key), clock);
        assertThat(checked.check(signed(payload(tokens.make(SESSION)), "HS512", key)))
                .isInstanceOf(AccessTokens.Checked.Forged.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iss\":\"another\",\"sub\":\"SUB\",\"sid\":\"SUB\",\"wid\":\"SUB\",\"exp\":9999999999}",
                "{\"sub\":\"SUB\",\"sid\":\"SUB\",\"wid\":\"SUB\",\"exp\":9999999999}",
                "{\"iss\":\"postrider\",\"sub\":\"SUB\",\"sid\":\"SUB\",\"wid\":\"SUB\"}",
                "{\"iss\":\"postrider\",\"sid\":\"SUB\",\"wid\":\"SUB\",\"exp\":9999999999}",
                "{\"iss\":\"postrider\",\"sub\":\"SUB\",\"wid\":\"SUB\",\"exp\":9999999999}",
                "{\"iss\":\"postrider\",\"sub\":\"me\",\"sid\":\"SUB\",\"wid\":\"SUB\",\"exp\":9999999999}",
                "{\"iss\":\"postrider\",\"sub\":\"SUB\",\"sid\":7,\"wid\":\"SUB\",\"exp\":9999999999}",
                "[]",
                "not JSON"
            })
    void aSignedTokenThatLacksSomethingIsForged(String payload) throws JoseException {
        var token = signed(payload.replace("SUB", new UUID(0, 2).toString()), "HS256", KEY.key());
        assertThat(tokens.check(token)).isInstanceOf(AccessTokens.Checked.Forged.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "....", "a.b.c", "junk", "\u0000", "eyJ.eyJ.e"})
    void junkIsForged(String junk) {
        assertThat(tokens.check(junk)).isInstanceOf(AccessTokens.Checked.Forged.class);
    }

    private static SigningKey key(String bytes) {
        return new SigningKey(
                new UUID(0, 1), new SecretKeySpec(bytes.getBytes(UTF_8), "HmacSHA256"));
    }

    private static String signed(String payload, String algorithm, java.security.Key key)
            throws JoseException {
        var signed = new JsonWebSignature();
        signed.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signed.setAlgorithmHeaderValue(algorithm);
        signed.setKey(key);
        signed.setPayload(payload);
        return signed.getCompactSerialization();
    }

    private static String payload(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
