package dev.postrider.boot;

import dev.postrider.identity.Identity;
import dev.postrider.mailbox.AllowedBlocks;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.OutboundGuard;
import dev.postrider.postgres.Database;
import dev.postrider.vault.Vault;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Hands the running parts to the HTTP resources. */
@Singleton
final class Wiring {
    private final Settings settings;
    private final Running running;

    Wiring(Config config) {
        this.settings = Settings.read(name -> config.getOptionalValue(name, String.class));
        this.running = Running.start(settings);
    }

    /** Being told of the start is what makes the container build this at the start. */
    void start(@Observes StartupEvent event) {}

    void stop(@Observes ShutdownEvent event) {
        running.close();
    }

    @Produces
    Settings settings() {
        return settings;
    }

    @Produces
    Database database() {
        return running.database();
    }

    @Produces
    Vault vault() {
        return running.vault();
    }

    @Produces
    @Singleton
    OutboundGuard guard() {
        return new OutboundGuard(allowed(settings));
    }

    @Produces
    @Singleton
    Mailboxes mailboxes() {
        return new Mailboxes(running.database(), running.vault());
    }

    private static AllowedBlocks allowed(Settings settings) {
        return switch (AllowedBlocks.parse(settings.outboundAllow())) {
            case AllowedBlocks.Parsed.Valid(var blocks) -> blocks;
            case AllowedBlocks.Parsed.Invalid(var part) ->
                    throw new CannotStart(
                            "POSTRIDER_OUTBOUND_ALLOW has \""
                                    + part
                                    + "\", which is no block of addresses: give CIDR blocks,"
                                    + " separated by commas, like 10.1.0.0/16,fd00::/8.");
        };
    }

    @Produces
    Identity identity() {
        return running.identity();
    }
}
