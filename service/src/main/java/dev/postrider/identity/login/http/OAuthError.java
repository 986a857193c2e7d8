package dev.postrider.identity.login.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error of the token endpoint. OAuth 2 fixes its form (RFC 6749, 5.2), so the problem's fields
 * stand beside the two that OAuth clients read.
 *
 * @param description of the characters that RFC 6749 allows: ASCII without {@code "} and {@code \}
 */
@Schema(name = "OAuthError", description = "OAuth 2's error, with the problem's fields beside it.")
record OAuthError(
        @Schema(examples = "invalid_grant") String error,
        @JsonProperty("error_description") String description,
        @JsonUnwrapped Problem problem) {

    static OAuthError invalidRequest(String description) {
        return of("invalid_request", ProblemCode.MALFORMED_REQUEST, description);
    }

    static OAuthError invalidGrant(String description) {
        return of("invalid_grant", ProblemCode.INVALID_GRANT, description);
    }

    static OAuthError invalidScope(String description) {
        return of("invalid_scope", ProblemCode.INVALID_SCOPE, description);
    }

    static OAuthError unsupportedGrantType(String description) {
        return of("unsupported_grant_type", ProblemCode.UNSUPPORTED_GRANT_TYPE, description);
    }

    private static OAuthError of(String error, ProblemCode code, String description) {
        return new OAuthError(error, description, Problem.of(code, description));
    }
}
