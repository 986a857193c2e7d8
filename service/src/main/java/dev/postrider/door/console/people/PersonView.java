package dev.postrider.door.console.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.Moment;
import dev.postrider.door.console.Visit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody of a workspace.
 *
 * @param name what they log in with, or what the application calls them
 * @param signIn how they do, in words
 * @param tone of that; empty for none
 */
public record PersonView(
        String id,
        String name,
        String role,
        boolean active,
        boolean hasLogin,
        String signIn,
        String tone,
        String detail,
        @Nullable Moment lastLogin,
        @Nullable Moment ticketExpires,
        long mailboxes,
        Moment created,
        boolean isVisitor) {
    static PersonView of(JsonNode user, Visit visit) {
        var how = user.path("sign_in").asText();
        var isActive = user.path("active").asBoolean();
        var ticket = moment(user, "ticket_expires_at", visit);
        return new PersonView(
                user.path("id").asText(),
                user.has("email") ? user.path("email").asText() : user.path("external_id").asText(),
                user.path("role").asText(),
                isActive,
                user.has("email"),
                isActive ? words(how) : "Deactivated",
                isActive ? tone(how) : "bad",
                isActive && how.equals("invited") && ticket == null
                        ? "The invitation has run out: make another link."
                        : "",
                moment(user, "last_login_at", visit),
                ticket,
                user.path("mailboxes").asLong(),
                visit.time(user.path("created_at").asText()),
                user.path("id").asText().equals(visit.caller().userId().toString()));
    }

    private static String words(String how) {
        return switch (how) {
            case "password" -> "By password";
            case "openid" -> "By OpenID";
            case "invited" -> "Invited";
            case String _ -> "Doesn't sign in";
        };
    }

    private static String tone(String how) {
        return how.equals("invited") ? "warn" : "";
    }

    private static @Nullable Moment moment(JsonNode user, String name, Visit visit) {
        return user.path(name).isTextual() ? visit.time(user.path(name).asText()) : null;
    }
}
