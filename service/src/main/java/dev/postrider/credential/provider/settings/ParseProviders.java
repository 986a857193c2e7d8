package dev.postrider.credential.provider.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.ProviderApp;
import dev.postrider.credential.provider.ProviderApps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the operator's apps: those of the environment's variables, and those of the file that
 * {@code POSTRIDER_PROVIDERS_FILE} names. Both are given as JSON of one form here.
 */
public final class ParseProviders {
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ParseProviders() {}

    /**
     * @param usual for each provider the fields of its app, as the environment gives them
     * @param file more of them
     * @throws BadProviders saying what is wrong
     */
    public static ProviderApps from(Map<Provider, Map<String, String>> usual, Optional<Path> file) {
        var apps = new ArrayList<ProviderApp>();
        for (var provider : Provider.values()) {
            var fields = usual.getOrDefault(provider, Map.of());
            if (!fields.isEmpty()) {
                apps.add(ParseApp.of(provider, AppJson.ofVariables(provider, fields)));
            }
        }
        file.ifPresent(path -> apps.addAll(read(path)));
        refuseTwice(apps);
        return new ProviderApps(apps);
    }

    private static List<ProviderApp> read(Path file) {
        String json;
        try {
            json = Files.readString(file);
        } catch (IOException _) {
            throw new BadProviders("The file \"" + file + "\" can't be read.");
        }
        try {
            return parse(json);
        } catch (BadProviders e) {
            throw new BadProviders("In " + file + ": " + e.getMessage());
        }
    }

    /** The apps of a file's text. */
    public static List<ProviderApp> parse(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            // its message may quote what is around, and so a secret
            var at = e.getLocation();
            throw new BadProviders(
                    "it isn't JSON (line "
                            + at.getLineNr()
                            + ", column "
                            + at.getColumnNr()
                            + ").");
        }
        if (!(root instanceof ObjectNode file)) {
            throw new BadProviders("it must be an object with \"google\" or \"microsoft\".");
        }
        new AppJson("the file", file).allowOnly(Set.of("google", "microsoft"));
        var apps = new ArrayList<ProviderApp>();
        for (var provider : Provider.values()) {
            var list = file.path(provider.text());
            if (!list.isArray() && !list.isMissingNode()) {
                throw new BadProviders("\"" + provider.text() + "\" must be a list of apps.");
            }
            for (var i = 0; i < list.size(); i++) {
                apps.add(
                        ParseApp.of(
                                provider,
                                new AppJson(provider.text() + "[" + i + "]", list.get(i))));
            }
        }
        return apps;
    }

    private static void refuseTwice(List<ProviderApp> apps) {
        var names = new HashSet<String>();
        for (var app : apps) {
            if (!names.add(app.label())) {
                throw new BadProviders(
                        "There are two apps of "
                                + app.provider().text()
                                + " with the name \""
                                + app.name()
                                + "\": give each its own \"name\" (the environment's is \""
                                + ProviderApp.USUAL
                                + "\").");
            }
        }
    }
}
