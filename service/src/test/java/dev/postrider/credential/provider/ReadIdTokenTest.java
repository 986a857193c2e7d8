package dev.postrider.credential.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.Jwt;
import dev.postrider.testkit.provider.SigningKey;
import dev.postrider.testkit.provider.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each part of an identity token alone decides (OpenID Connect Core 1.0, 3.1.3.7): all but one of
 * it is right.
 */
final class ReadIdTokenTest {
    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");
    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String OTHER_TENANT = "99999999-2222-3333-4444-555555555555";
    private static final String PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad";

    @Test
    void whatIsRightIsTaken() throws Exception {
        var google = identity(app(Provider.GOOGLE, ""), google());
        assertThat(google.subject()).isEqualTo("4711");
        assertThat(google.email()).contains("ada@example.com");
        var microsoft = identity(app(Provider.MICROSOFT, "common"), microsoft(TENANT));
        assertThat(microsoft.subject()).isEqualTo("an-object");
        assertThat(microsoft.tenant()).contains(TENANT);
        assertThat(microsoft.email()).as("it proves nothing").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "aud,   another-app",
        "aud,",
        "iss,   https://accounts.google.com.evil.example",
        "iss,   https://evil.example",
        "iss,",
        "nonce, anothers",
        "nonce,",
        "exp,",
        "sub,   ''",
        "sub,",
    })
    void oneClaimThatIsAnotherIsEnough(String claim, String value) {
        var claims = google();
        claims.remove(claim);
        if (value != null) {
            claims.put(claim, value);
        }
        assertRefused(app(Provider.GOOGLE, ""), signed(claims));
    }

    @Test
    void itEndsAfterTheClocksSkew() throws Exception {
        var claims = google().put("exp", NOW.getEpochSecond() - 299);
        assertThat(identity(app(Provider.GOOGLE, ""), claims).subject()).isEqualTo("4711");
        assertRefused(
                app(Provider.GOOGLE, ""), signed(claims.put("exp", NOW.getEpochSecond() - 301)));
    }

    /** RFC 7518, 3.6. */
    @Test
    void withoutASignatureItIsNone() {
        var header = Json.object().put("alg", "none");
        assertRefused(app(Provider.GOOGLE, ""), encoded(header) + "." + encoded(google()) + ".");
    }

    @Test
    void anAddressThatGoogleHasNotVerifiedIsNotTheUsers() throws Exception {
        var claims = google().put("email_verified", false);
        assertThat(identity(app(Provider.GOOGLE, ""), claims).email()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "common,        " + TENANT + ", true",
        "common,        " + PERSONAL + ", true",
        "organizations, " + TENANT + ", true",
        "organizations, " + PERSONAL + ", false",
        "consumers,     " + TENANT + ", false",
        "consumers,     " + PERSONAL + ", true",
        TENANT + ", " + TENANT + ", true",
        TENANT + ", " + OTHER_TENANT + ", false",
        TENANT + ", " + PERSONAL + ", false",
    })
    void anAccountIsOfTheAppsTenants(String tenant, String whose, boolean isTaken)
            throws Exception {
        var app = app(Provider.MICROSOFT, tenant);
        if (isTaken) {
            assertThat(identity(app, microsoft(whose)).tenant()).contains(whose);
        } else {
            assertRefused(app, signed(microsoft(whose)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "oid,",
        "tid,",
        "tid, " + OTHER_TENANT,
        "iss, https://login.microsoftonline.com/" + OTHER_TENANT + "/v2.0",
        "iss, https://login.microsoftonline.com/{tid}/v2.0",
    })
    void whoseItIsMustBeSaidByItsTenant(String claim, String value) {
        var claims = microsoft(TENANT);
        claims.remove(claim);
        if (value != null) {
            claims.put(claim, value);
        }
        assertRefused(app(Provider.MICROSOFT, "common"), signed(claims));
    }

    private static ObjectNode google() {
        return Json.object()
                .put("iss", "https://accounts.google.com")
                .put("aud", "our-app")
                .put("sub", "4711")
                .put("exp", NOW.getEpochSecond() + 3_600)
                .put("nonce", "ours")
                .put("email", "ada@example.com")
                .put("email_verified", true);
    }

    private static ObjectNode microsoft(String tenant) {
        return Json.object()
                .put("iss", "https://login.microsoftonline.com/" + tenant + "/v2.0")
                .put("aud", "our-app")
                .put("sub", "pairwise")
                .put("oid", "an-object")
                .put("tid", tenant)
                .put("exp", NOW.getEpochSecond() + 3_600)
                .put("nonce", "ours")
                .put("email", "ada@example.com");
    }

    private static ProviderApp app(Provider provider, String tenant) {
        var entry = Json.object().put("client_id", "our-app").put("client_secret", "x");
        if (!tenant.isEmpty()) {
            entry.put("tenant", tenant);
        }
        var file = Json.object();
        file.putArray(provider.text()).add(entry);
        return TestProviders.parse(file.toString()).find(provider, Optional.empty()).orElseThrow();
    }

    private static ReadIdToken.Identity identity(ProviderApp app, ObjectNode claims)
            throws ReadIdToken.NotForUs {
        return ReadIdToken.of(app, signed(claims), "ours", NOW);
    }

    private static void assertRefused(ProviderApp app, String token) {
        assertThatThrownBy(() -> ReadIdToken.of(app, token, "ours", NOW))
                .isInstanceOf(ReadIdToken.NotForUs.class);
    }

    private static String signed(ObjectNode claims) {
        return Jwt.sign(SigningKey.ofServers(), claims);
    }

    private static String encoded(ObjectNode json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
