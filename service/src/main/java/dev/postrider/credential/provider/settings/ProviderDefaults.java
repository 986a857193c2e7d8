package dev.postrider.credential.provider.settings;

import dev.postrider.credential.provider.Provider;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** What a provider's apps have in common, as {@code oauth/*.properties} say it. */
record ProviderDefaults(Properties properties) {
    private static final String COVERS = "covers.";

    static ProviderDefaults of(Provider provider) {
        var name = "/oauth/" + provider.text() + ".properties";
        var file = Objects.requireNonNull(ProviderDefaults.class.getResourceAsStream(name));
        var properties = new Properties();
        try (var reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProviderDefaults(properties);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(properties.getProperty(name)).map(String::strip);
    }

    List<String> list(String name) {
        return text(name).map(all -> Arrays.asList(all.split("\\s+", -1))).orElse(List.of());
    }

    Map<String, Set<String>> covers() {
        var covers = new HashMap<String, Set<String>>();
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(COVERS))
                .forEach(name ->
                        covers.put(name.substring(COVERS.length()), Set.copyOf(list(name))));
        return covers;
    }
}
