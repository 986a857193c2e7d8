package dev.postrider.identity.login.http;

import dev.postrider.http.Fields;
import dev.postrider.identity.login.Passwords;
import java.util.Optional;

/** Reads a password that is to be chosen. */
public final class ParsePassword {
    private ParsePassword() {}

    public static Optional<String> optional(Fields fields, String name) {
        // room for the longest password, whose characters may take two of Java's each
        var password = fields.optionalText(name, 2 * Passwords.MAX_LENGTH);
        password.flatMap(Passwords::fault).ifPresent(fault -> fields.error(name, fault));
        return password;
    }

    /** The empty text stands in where there is none, beside the error. */
    static String needed(Fields fields, String name) {
        if (!fields.has(name)) {
            fields.error(name, "is missing");
        }
        return optional(fields, name).orElse("");
    }
}
