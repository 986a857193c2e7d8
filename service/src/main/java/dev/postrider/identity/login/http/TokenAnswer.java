package dev.postrider.identity.login.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.identity.login.TokenPair;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** RFC 6749, 5.1. */
@Schema(name = "Tokens")
record TokenAnswer(
        @JsonProperty("access_token") String accessToken,
        @Schema(examples = "bearer") @JsonProperty("token_type") String tokenType,
        @Schema(examples = "900", description = "Seconds until the access token expires.")
                @JsonProperty("expires_in")
                long expiresIn,
        @Schema(description = "Valid for one use, within 30 days.") @JsonProperty("refresh_token")
                String refreshToken) {
    static TokenAnswer of(TokenPair tokens) {
        return new TokenAnswer(
                tokens.accessToken().text(),
                "bearer",
                TokenPair.ACCESS_LIFETIME.toSeconds(),
                tokens.refreshToken().text());
    }

    @Override
    public String toString() {
        return "(tokens)";
    }
}
