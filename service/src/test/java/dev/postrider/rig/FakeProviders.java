package dev.postrider.rig;

import dev.postrider.credential.provider.ParseProviders;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/**
 * A Google and a Microsoft for the program under every {@code @QuarkusTest}, one each for as long
 * as it runs. They are made here, and not in the environment, so that tests can play with them: the
 * environment has a class loader of its own.
 */
@Singleton
public final class FakeProviders {
    private static final FakeGoogle GOOGLE = google0();
    private static final FakeMicrosoft MICROSOFT = microsoft0();

    public static FakeGoogle google() {
        return GOOGLE;
    }

    public static FakeMicrosoft microsoft() {
        return MICROSOFT;
    }

    /** The operator's apps, as a file of settings would name them. */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    ProviderApps apps() {
        var file = Json.object();
        file.putArray("google").add(GOOGLE.entry(GOOGLE.base()));
        file.putArray("microsoft").add(MICROSOFT.entry(MICROSOFT.base(), "common"));
        try {
            var path = Files.createTempFile("providers", ".json");
            Files.writeString(path, file.toString());
            var apps = ParseProviders.from(Map.of(), Optional.of(path));
            Files.delete(path);
            return apps;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FakeGoogle google0() {
        try {
            return FakeGoogle.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FakeMicrosoft microsoft0() {
        try {
            return FakeMicrosoft.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
