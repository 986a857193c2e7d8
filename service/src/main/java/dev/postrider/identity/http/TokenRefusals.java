package dev.postrider.identity.http;

import dev.postrider.http.ProblemCode;
import dev.postrider.identity.TokenCheck;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** What is answered to tokens that aren't good (RFC 6750, 3). */
final class TokenRefusals {
    private static final String CHALLENGE = "Bearer realm=\"postrider\"";

    private TokenRefusals() {}

    /** Who gave no token is told no error (RFC 6750, 3.1). */
    static Response missing() {
        return refusal(
                ProblemCode.MISSING_TOKEN,
                "Send the header 'Authorization: Bearer TOKEN'; POST /token gives one.",
                CHALLENGE);
    }

    static Response invalid(String reason) {
        return refusal(
                ProblemCode.INVALID_TOKEN,
                reason,
                CHALLENGE
                        + ", error=\"invalid_token\", error_description=\"%s\"".formatted(reason));
    }

    /** A key that is unknown, or was revoked. */
    static Response invalidKey() {
        return ProblemCode.INVALID_API_KEY.response(
                "API key is invalid: it is unknown, or has been revoked.");
    }

    static Response unavailable(TokenCheck.Unavailable check) {
        return ProblemCode.UNAVAILABLE.response(check.reason());
    }

    private static Response refusal(ProblemCode code, String detail, String challenge) {
        return Response.fromResponse(code.response(detail))
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }
}
