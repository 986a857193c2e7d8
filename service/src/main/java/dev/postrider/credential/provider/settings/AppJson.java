package dev.postrider.credential.provider.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.credential.provider.Provider;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One object of the providers' file, read field by field; what is wrong is told with its place. A
 * value is never told: it may be a secret in the wrong field.
 *
 * @param place {@code google[0]}, or what the names of variables begin with
 */
record AppJson(String place, JsonNode node) {
    private static final String VARIABLES = "POSTRIDER_";

    /** What the environment's variables say of a provider's app. */
    static AppJson ofVariables(Provider provider, Map<String, String> fields) {
        var node = JsonNodeFactory.instance.objectNode();
        fields.forEach(node::put);
        return new AppJson(VARIABLES + provider.name(), node);
    }

    AppJson {
        if (!node.isObject()) {
            throw new BadProviders(place + " must be an object.");
        }
    }

    void allowOnly(Set<String> names) {
        node.fieldNames()
                .forEachRemaining(name -> {
                    if (!names.contains(name)) {
                        throw new BadProviders(
                                place
                                        + " has an unknown field \""
                                        + name
                                        + "\": it may have "
                                        + names.stream().sorted().toList()
                                        + ".");
                    }
                });
    }

    boolean has(String name) {
        return node.has(name);
    }

    Optional<String> text(String name) {
        var value = node.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.asText().isBlank()) {
            throw wrong(name, "must be a text");
        }
        return Optional.of(value.asText().strip());
    }

    String needed(String name) {
        return text(name).orElseThrow(() -> wrong(name, "is missing"));
    }

    boolean flag(String name) {
        var value = node.get(name);
        if (value != null && !value.isBoolean()) {
            throw wrong(name, "must be true or false");
        }
        return value != null && value.asBoolean();
    }

    int number(String name, int most) {
        var value = node.get(name);
        if (value == null || !value.isInt() || value.asInt() < 1 || value.asInt() > most) {
            throw wrong(name, "must be a number from 1 to " + most);
        }
        return value.asInt();
    }

    Optional<LocalDate> date(String name) {
        try {
            return text(name).map(LocalDate::parse);
        } catch (DateTimeParseException _) {
            throw wrong(name, "must be a date such as 2027-01-31");
        }
    }

    Optional<List<String>> texts(String name) {
        var value = node.get(name);
        if (value == null) {
            return Optional.empty();
        }
        var all = new ArrayList<String>();
        value.forEach(each -> {
            if (!each.isTextual() || each.asText().isBlank()) {
                throw wrong(name, "must be a list of texts");
            }
            all.add(each.asText().strip());
        });
        if (!value.isArray() || all.isEmpty()) {
            throw wrong(name, "must be a list of texts");
        }
        return Optional.of(all);
    }

    /** An object in this one; an empty one when there is none. */
    AppJson object(String name) {
        return new AppJson(
                place + "." + name,
                Optional.ofNullable(node.get(name))
                        .orElseGet(JsonNodeFactory.instance::objectNode));
    }

    BadProviders wrong(String name, String what) {
        return new BadProviders(
                place.startsWith(VARIABLES)
                        ? place + "_" + name.toUpperCase(Locale.ROOT) + " " + what + "."
                        : place + ": \"" + name + "\" " + what + ".");
    }
}
