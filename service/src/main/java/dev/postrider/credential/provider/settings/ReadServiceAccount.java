package dev.postrider.credential.provider.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.credential.provider.ClientLogin;

/** Reads a service account's key as Google gives it: a JSON file, named or put in as it is. */
final class ReadServiceAccount {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIELD = "service_account";

    private ReadServiceAccount() {}

    static ClientLogin.ServiceAccount of(AppJson app) {
        if (!app.has(FIELD)) {
            throw app.wrong(
                    FIELD, "is missing: the JSON key of the service account, or its file's name");
        }
        var given = app.node().path(FIELD);
        var key = new AppJson(app.place() + "." + FIELD, given.isTextual() ? file(app) : given);
        return new ClientLogin.ServiceAccount(
                key.needed("client_email"),
                key.needed("private_key_id"),
                ReadPem.key(key.place(), key.needed("private_key")));
    }

    private static JsonNode file(AppJson app) {
        var name = app.needed(FIELD);
        try {
            return JSON.readTree(ReadPem.text(name));
        } catch (JsonProcessingException _) {
            throw new BadProviders("The file \"" + name + "\" isn't JSON.");
        }
    }
}
