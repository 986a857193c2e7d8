package dev.postrider.identity.user.http;

import dev.postrider.http.Fields;
import dev.postrider.http.PlainText;
import dev.postrider.http.Problem;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.User;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a request says of a user. */
public final class ParseUser {
    private static final int MAX_EMAIL = 254;
    private static final String EXTERNAL_ID =
            "must be your application's name for its user, of 1 to "
                    + User.MAX_EXTERNAL_ID
                    + " characters without control characters";

    private ParseUser() {}

    static String email(Fields fields) {
        var email = fields.text("email", MAX_EMAIL).strip();
        if (fields.areValid() && !User.isEmail(email)) {
            fields.error("email", "must be an email address, which the user logs in with");
        }
        return email;
    }

    /**
     * An application's name for its user, of a list's parameters.
     *
     * @return empty when it can be none, or what to look for, if anything
     */
    public static Optional<Optional<String>> externalId(@Nullable String parameter) {
        if (parameter == null) {
            return Optional.of(Optional.empty());
        }
        return isExternalId(parameter) ? Optional.of(Optional.of(parameter)) : Optional.empty();
    }

    /** An application's name for its user, of a body. */
    public static Optional<String> externalId(Fields fields) {
        var name = fields.optionalText("external_id", User.MAX_EXTERNAL_ID);
        if (name.isPresent() && !isExternalId(name.get())) {
            fields.error("external_id", EXTERNAL_ID);
        }
        return name;
    }

    public static Response badExternalId() {
        return Problem.invalid("external_id", EXTERNAL_ID).response();
    }

    private static boolean isExternalId(String text) {
        return !text.isBlank()
                && text.length() <= User.MAX_EXTERNAL_ID
                && PlainText.flawIn(text).isEmpty();
    }

    static Optional<Role> role(Fields fields) {
        var text = fields.optionalText("role", 16);
        var role =
                text.flatMap(given ->
                        Arrays.stream(Role.values())
                                .filter(each -> each.code().equals(given))
                                .findFirst());
        if (text.isPresent() && role.isEmpty()) {
            fields.error("role", "must be \"owner\", \"admin\" or \"member\"");
        }
        return role;
    }
}
