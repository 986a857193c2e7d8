package dev.postrider.identity.user.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.identity.login.PasswordTicket;
import dev.postrider.identity.user.User;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A user as the API shows them.
 *
 * @param ticket how they choose a password; only in the answer that makes it
 */
@Schema(name = "User")
@JsonInclude(JsonInclude.Include.NON_NULL)
record UserAnswer(
        @Schema(examples = "user") String object,
        UUID id,
        @JsonProperty("workspace_id") UUID workspaceId,
        @Schema(
                        examples = "ann@example.org",
                        description =
                                "What they log in with; absent for your application's own user.")
                @Nullable String email,
        @Schema(
                        examples = "crm-4711",
                        description = "What your application calls them, unique in the workspace.")
                @JsonProperty("external_id")
                @Nullable String externalId,
        @Schema(enumeration = {"owner", "admin", "member"}) String role,
        boolean active,
        @Schema(
                        description =
                                "Whether they can log in with a password; without one they are invited, or"
                                        + " sign in elsewhere.")
                @JsonProperty("has_password")
                boolean hasPassword,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("deactivated_at") @Nullable Instant deactivatedAt,
        @Nullable TicketAnswer ticket) {

    /** A one-time leave to choose a password. */
    @Schema(name = "PasswordTicket")
    record TicketAnswer(
            @Schema(description = "For POST /password; shown this once, good for one use.")
                    String ticket,
            @JsonProperty("expires_at") Instant expiresAt) {
        static TicketAnswer of(PasswordTicket ticket) {
            return new TicketAnswer(ticket.token().text(), ticket.expiresAt());
        }

        @Override
        public String toString() {
            return "(ticket)";
        }
    }

    static UserAnswer of(User user) {
        return of(user, null);
    }

    static UserAnswer of(User user, @Nullable TicketAnswer ticket) {
        return new UserAnswer(
                "user",
                user.id(),
                user.workspaceId(),
                user.email().orElse(null),
                user.externalId().orElse(null),
                user.role().code(),
                user.isActive(),
                user.hasPassword(),
                user.createdAt(),
                user.deactivatedAt().orElse(null),
                ticket);
    }
}
