package dev.postrider.mailbox.connect;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a browser brings back from a provider (RFC 6749, 4.1.2; RFC 9207): parameters that whoever
 * leads the browser here may have written.
 *
 * @param isRepeated whether one stands in it twice, so that readers may differ about it
 */
public record ProviderAnswer(
        Optional<String> code,
        Optional<String> state,
        Optional<String> iss,
        Optional<String> error,
        Optional<String> description,
        boolean isRepeated) {
    private static final int MAX_LENGTH = 8_192;
    private static final List<String> NAMES =
            List.of("code", "state", "iss", "error", "error_description", "error_subtype");

    /** Of a query. */
    public static ProviderAnswer of(Map<String, List<String>> query) {
        return new ProviderAnswer(
                first(query, "code"),
                first(query, "state"),
                first(query, "iss"),
                first(query, "error"),
                first(query, "error_description"),
                NAMES.stream().anyMatch(name -> query.getOrDefault(name, List.of()).size() > 1));
    }

    private static Optional<String> first(Map<String, List<String>> query, String name) {
        return query.getOrDefault(name, List.of()).stream()
                .findFirst()
                .filter(text -> !text.isEmpty() && text.length() <= MAX_LENGTH);
    }

    /** What an error means to who has consented, or hasn't. */
    ConnectFailure failure() {
        var words = description.orElse("");
        return switch (error.orElse("")) {
            case "access_denied" ->
                    isForAdmins(words)
                            ? ConnectFailure.ADMIN_CONSENT_REQUIRED
                            : ConnectFailure.ACCESS_DENIED;
            case "admin_policy_enforced", "org_internal" -> ConnectFailure.ADMIN_CONSENT_REQUIRED;
            case "consent_required", "interaction_required", "login_required" ->
                    isForAdmins(words)
                            ? ConnectFailure.ADMIN_CONSENT_REQUIRED
                            : ConnectFailure.ACCESS_DENIED;
            case "server_error", "temporarily_unavailable" -> ConnectFailure.PROVIDER_UNAVAILABLE;
            case "invalid_request",
                    "unauthorized_client",
                    "unsupported_response_type",
                    "invalid_scope",
                    "invalid_client",
                    "invalid_resource",
                    "redirect_uri_mismatch",
                    "deleted_client",
                    "disabled_client" ->
                    ConnectFailure.APP_AT_FAULT;
            case String _ -> ConnectFailure.ACCESS_DENIED;
        };
    }

    /** Microsoft's numbers for a consent that its tenant leaves to administrators. */
    private static boolean isForAdmins(String words) {
        return List.of("AADSTS90094", "AADSTS90095", "AADSTS65001", "AADSTS90093").stream()
                .anyMatch(words::contains);
    }

    /** Code and state are secrets. */
    @Override
    public String toString() {
        return "ProviderAnswer[error=" + error + "]";
    }
}
