package dev.postrider.identity.user.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.http.PublicUrl;
import dev.postrider.identity.login.PasswordTicket;
import dev.postrider.identity.user.SignIn;
import dev.postrider.identity.user.User;
import dev.postrider.identity.user.UserActivity;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
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
        @Schema(
                        enumeration = {"password", "openid", "invited", "none"},
                        description =
                                "How they sign in: with a password; at an OpenID provider; not yet, since"
                                        + " they were invited and have chosen no password; not at all, being"
                                        + " your application's own user.")
                @JsonProperty("sign_in")
                @Nullable String signIn,
        @Schema(description = "When they last logged in here; absent for never.")
                @JsonProperty("last_login_at")
                @Nullable Instant lastLoginAt,
        @Schema(description = "How many mailboxes are theirs.") @Nullable Long mailboxes,
        @Schema(
                        description =
                                "Until when a ticket is good that they were given; absent when there is"
                                        + " none.")
                @JsonProperty("ticket_expires_at")
                @Nullable Instant ticketExpiresAt,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("deactivated_at") @Nullable Instant deactivatedAt,
        @Nullable TicketAnswer ticket) {

    /** A one-time leave to choose a password. */
    @Schema(name = "PasswordTicket")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TicketAnswer(
            @Schema(description = "For POST /password; shown this once, good for one use.")
                    String ticket,
            @Schema(
                            examples = "https://mail.example.com/console/password?ticket=prt_...",
                            description =
                                    "The page where they choose it; absent unless the operator has set"
                                            + " POSTRIDER_PUBLIC_URL.")
                    @Nullable URI url,
            @JsonProperty("expires_at") Instant expiresAt) {
        static TicketAnswer of(PasswordTicket ticket, PublicUrl publicUrl) {
            var text = ticket.token().text();
            return new TicketAnswer(
                    text,
                    publicUrl
                            .url()
                            .map(url ->
                                    URI.create(
                                            publicUrl.or(url) + "/console/password?ticket=" + text))
                            .orElse(null),
                    ticket.expiresAt());
        }

        @Override
        public String toString() {
            return "(ticket)";
        }
    }

    static UserAnswer of(User user, Optional<UserActivity> activity) {
        return of(user, activity, null);
    }

    static UserAnswer of(
            User user, Optional<UserActivity> activity, @Nullable TicketAnswer ticket) {
        return new UserAnswer(
                "user",
                user.id(),
                user.workspaceId(),
                user.email().orElse(null),
                user.externalId().orElse(null),
                user.role().code(),
                user.isActive(),
                user.hasPassword(),
                activity.map(UserActivity::signIn).map(SignIn::code).orElse(null),
                activity.flatMap(UserActivity::lastLoginAt).orElse(null),
                activity.map(UserActivity::mailboxes).orElse(null),
                activity.flatMap(UserActivity::ticketExpiresAt).orElse(null),
                user.createdAt(),
                user.deactivatedAt().orElse(null),
                ticket);
    }
}
