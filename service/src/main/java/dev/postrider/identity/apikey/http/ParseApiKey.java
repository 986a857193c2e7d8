package dev.postrider.identity.apikey.http;

import dev.postrider.http.Fields;
import dev.postrider.identity.ApiKey;
import java.util.Optional;
import java.util.Set;

/** Reads what a request says of an API key. */
final class ParseApiKey {
    static final int MAX_NAME = 50;
    private static final int MAX_WORD = 40;

    private ParseApiKey() {}

    /** A field that is passed over may be one that was to restrict the key. */
    static void refuseUnknown(Fields fields, Set<String> known) {
        fields.names().stream()
                .filter(name -> !known.contains(name) && fields.has(name))
                .forEach(name ->
                        fields.error(
                                name,
                                name.equals("domain_id")
                                        ? "isn't supported: restrict the key to a mailbox with mailbox_id"
                                        : "is unknown, so it would not restrict the key: leave it out"));
    }

    static String name(Fields fields) {
        var name = fields.text("name", MAX_NAME);
        if (fields.has("name") && name.isBlank()) {
            fields.error("name", "must not be empty");
        }
        if (name.chars()
                .anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c))) {
            fields.error("name", "must consist of plain characters");
        }
        return name;
    }

    static Optional<ApiKey.Permission> permission(Fields fields) {
        var text = fields.optionalText("permission", MAX_WORD);
        var permission = text.flatMap(ApiKey.Permission::parse);
        if (text.isPresent() && permission.isEmpty()) {
            fields.error("permission", "must be full_access or sending_access");
        }
        return permission;
    }
}
