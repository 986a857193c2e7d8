package dev.postrider.boot;

import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.settings.BadProviders;
import dev.postrider.credential.provider.settings.ParseProviders;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the settings of the operator's apps at Google and Microsoft. */
record ReadProviders(Variables given) {
    private static final Map<Provider, List<String>> FIELDS =
            Map.of(
                    Provider.GOOGLE,
                    List.of("client_id", "client_secret", "secret_expires"),
                    Provider.MICROSOFT,
                    List.of(
                            "client_id",
                            "client_secret",
                            "secret_expires",
                            "tenant",
                            "certificate"));

    /**
     * @throws CannotStart saying what is wrong
     */
    ProviderApps read() {
        var usual = new EnumMap<Provider, Map<String, String>>(Provider.class);
        FIELDS.forEach((provider, names) -> usual.put(provider, fields(provider, names)));
        try {
            return ParseProviders.from(usual, given.path(Variable.PROVIDERS_FILE));
        } catch (BadProviders e) {
            throw new CannotStart(
                    "The apps at Google and Microsoft can't be used. " + e.getMessage());
        }
    }

    private Map<String, String> fields(Provider provider, List<String> names) {
        var fields = new HashMap<String, String>();
        for (var name : names) {
            var variable = variable(provider, name);
            given.text(variable).ifPresent(value -> fields.put(name, value));
        }
        return fields;
    }

    private static Variable variable(Provider provider, String name) {
        return Variable.valueOf(provider.name() + "_" + name.toUpperCase(Locale.ROOT));
    }
}
