package dev.postrider.identity.login.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Describes {@code POST /token}'s form; {@link Form} reads it. */
@Schema(name = "TokenRequest", type = SchemaType.OBJECT)
record TokenRequest(
        @Schema(
                        required = true,
                        enumeration = {"password", "refresh_token"})
                @JsonProperty("grant_type")
                String grantType,
        @Schema(description = "The email address, in any case.") @Nullable String username,
        @Schema(format = "password") @Nullable String password,
        @JsonProperty("refresh_token") @Nullable String refreshToken) {}
