package dev.postrider.credential.provider;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The operator's apps, in the order of the settings.
 *
 * @param all those of the environment before those of the file
 */
public record ProviderApps(List<ProviderApp> all) {
    public static final ProviderApps NONE = new ProviderApps(List.of());

    private static final int WARNED_BEFORE = 30;

    public ProviderApps {
        all = List.copyOf(all);
    }

    /**
     * An app of a provider.
     *
     * @param name empty for the one that users may consent to: {@code default}, or else the first
     */
    public Optional<ProviderApp> find(Provider provider, Optional<String> name) {
        return name.isPresent() ? named(provider, name.get()) : usual(provider);
    }

    /** The apps of a provider that users may consent to. */
    public List<ProviderApp> delegated(Provider provider) {
        return all.stream().filter(app -> app.provider() == provider && app.isDelegated()).toList();
    }

    /** Those whose secret has ended or does so within a month, as far as it is known. */
    public List<ProviderApp> secretsThatEnd(LocalDate today) {
        return all.stream()
                .filter(app ->
                        app.secretExpires()
                                .filter(end -> end.isBefore(today.plusDays(WARNED_BEFORE)))
                                .isPresent())
                .toList();
    }

    private Optional<ProviderApp> named(Provider provider, String name) {
        return all.stream()
                .filter(app -> app.provider() == provider && app.name().equals(name))
                .findFirst();
    }

    private Optional<ProviderApp> usual(Provider provider) {
        return named(provider, ProviderApp.USUAL)
                .filter(ProviderApp::isDelegated)
                .or(() -> delegated(provider).stream().findFirst());
    }
}
