package dev.postrider.identity.user.http;

import dev.postrider.http.Fields;
import dev.postrider.identity.Role;
import dev.postrider.identity.user.User;
import java.util.Arrays;
import java.util.Optional;

/** Reads what a request says of a user. */
public final class ParseUser {
    private static final int MAX_EMAIL = 254;

    private ParseUser() {}

    static String email(Fields fields) {
        var email = fields.text("email", MAX_EMAIL).strip();
        if (fields.areValid() && !User.isEmail(email)) {
            fields.error("email", "must be an email address, which the user logs in with");
        }
        return email;
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
