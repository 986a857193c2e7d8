package dev.postrider.rig;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.credential.provider.settings.ParseProviders;
import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.google.state.ServiceAccount;
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
import java.util.Set;

/**
 * A Google and a Microsoft for the program under every {@code @QuarkusTest}, one each for as long
 * as it runs. They are made here, and not in the environment, so that tests can play with them: the
 * environment has a class loader of its own.
 */
@Singleton
public final class FakeProviders {
    /**
     * The domain that the apps with access of their own may be used for: {@code service-account} of
     * Google's, {@code daemon} of Microsoft's.
     */
    public static final String LISTED = "listed.example";

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
        file.putArray("google")
                .add(GOOGLE.entry(GOOGLE.base()))
                .add(GOOGLE.entry(GOOGLE.base(), serviceAccount(), LISTED));
        file.putArray("microsoft").add(MICROSOFT.entry(MICROSOFT.base(), "common")).add(daemon());
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

    /** By the organisation's own leave: nobody consents. */
    private static ServiceAccount serviceAccount() {
        return GOOGLE.registerServiceAccount("rider")
                .delegate(LISTED, "https://www.googleapis.com/auth/gmail.send");
    }

    private static ObjectNode daemon() {
        MICROSOFT.tenant(LISTED).grantRoles(MICROSOFT.app(), Set.of("Mail.Send"), Set.of());
        var entry =
                MICROSOFT
                        .entry(MICROSOFT.base(), LISTED)
                        .put("name", "daemon")
                        .put("access", "application");
        entry.putArray("allow").add(LISTED);
        return entry;
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
