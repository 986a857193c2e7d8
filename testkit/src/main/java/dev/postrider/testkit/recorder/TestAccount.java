package dev.postrider.testkit.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An account at a provider, and the app that it has consented to.
 *
 * @param scope what a refresh asks for; empty for all that was granted, which Google gives unasked
 * @param token the token endpoint
 * @param api scheme, host and port of the API
 */
public record TestAccount(
        String clientId,
        String clientSecret,
        String refreshToken,
        String scope,
        String token,
        String api) {
    private static final Map<String, String> TOKEN =
            Map.of(
                    "google", "https://oauth2.googleapis.com/token",
                    "microsoft", "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token");
    private static final Map<String, String> API =
            Map.of(
                    "google", "https://gmail.googleapis.com",
                    "microsoft", "https://graph.microsoft.com");

    private static final Map<String, String> SCOPE =
            Map.of("google", "", "microsoft", "offline_access User.Read Mail.Send");

    /** What must be given. */
    private static final List<String> NEEDED =
            List.of("client_id", "client_secret", "refresh_token");

    /** What became of what was given. */
    public sealed interface Read {
        record Good(TestAccount account) implements Read {}

        /** Nothing of this provider was given. */
        record None() implements Read {}

        /** Something is missing. */
        record Incomplete(List<String> missing) implements Read {}
    }

    /**
     * From a file's part, or else the environment.
     *
     * @param given the file's object of this provider; missing when there is none
     * @param environment a variable's value; empty when it isn't set
     */
    public static Read read(String provider, JsonNode given, UnaryOperator<String> environment) {
        UnaryOperator<String> values =
                name ->
                        Optional.of(given.path(name).asText(""))
                                .filter(text -> !text.isBlank())
                                .orElseGet(() -> environment.apply(variable(provider, name)));
        var missing = NEEDED.stream().filter(name -> values.apply(name).isBlank()).toList();
        if (missing.size() == NEEDED.size()) {
            return new Read.None();
        }
        if (!missing.isEmpty()) {
            return new Read.Incomplete(
                    missing.stream()
                            .map(name -> name + " (" + variable(provider, name) + ")")
                            .toList());
        }
        var tenant =
                Optional.of(values.apply("tenant"))
                        .filter(text -> !text.isBlank())
                        .orElse("common");
        var endpoints = given.path("endpoints");
        return new Read.Good(
                new TestAccount(
                        values.apply("client_id"),
                        values.apply("client_secret"),
                        values.apply("refresh_token"),
                        Optional.of(values.apply("scope"))
                                .filter(text -> !text.isBlank())
                                .orElseGet(() -> SCOPE.getOrDefault(provider, "")),
                        endpoints
                                .path("token")
                                .asText(TOKEN.getOrDefault(provider, ""))
                                .replace("{tenant}", tenant),
                        endpoints.path("api").asText(API.getOrDefault(provider, ""))));
    }

    /** {@code POSTRIDER_RECORD_GOOGLE_CLIENT_ID}. */
    public static String variable(String provider, String name) {
        return "POSTRIDER_RECORD_" + (provider + "_" + name).toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "TestAccount[" + token + "]";
    }
}
