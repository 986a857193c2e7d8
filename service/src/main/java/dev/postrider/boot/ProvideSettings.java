package dev.postrider.boot;

import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.email.GiveUpAfter;
import dev.postrider.email.Node;
import dev.postrider.flow.lease.LeaseDuration;
import dev.postrider.flow.settle.RetrySchedule;
import dev.postrider.http.PublicUrl;
import dev.postrider.identity.http.TrustedProxies;
import dev.postrider.identity.issuer.Issuers;
import dev.postrider.installation.StoredPublicUrl;
import dev.postrider.mailbox.MailboxQuota;
import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.purge.Retention;
import dev.postrider.trace.TelemetrySettings;
import dev.postrider.transport.smtp.EhloName;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/** Reads the settings, once, and hands each feature its own; and the clock and chance. */
@Singleton
final class ProvideSettings {
    /** Files, such as {@code .env}, come behind: they are read at no start, nor by a command. */
    private static final int ENVIRONMENT = 300;

    private final Settings settings;

    ProvideSettings(Config config) {
        this.settings =
                Settings.read(name ->
                        Optional.of(config.getConfigValue(name))
                                .filter(value -> value.getSourceOrdinal() >= ENVIRONMENT)
                                // raw: what looks like an expression is part of a password
                                .map(ConfigValue::getRawValue));
    }

    @Produces
    Settings settings() {
        return settings;
    }

    @Produces
    AllowedBlocks allowedBlocks() {
        return settings.outboundAllow();
    }

    @Produces
    @Singleton
    Issuers issuers(InstantSource clock) {
        return new Issuers(settings.issuers(), clock);
    }

    @Produces
    MailboxQuota mailboxes() {
        return settings.mailboxes();
    }

    @Produces
    ProviderApps providerApps() {
        return settings.providers();
    }

    @Produces
    TrustedProxies trustedProxies() {
        return settings.trustedProxies();
    }

    @Produces
    PublicUrl publicUrl(StoredPublicUrl stored) {
        return settings.publicUrl().orStored(stored::get);
    }

    @Produces
    EhloName ehloName() {
        return settings.ehloName();
    }

    @Produces
    Node node() {
        return settings.node();
    }

    @Produces
    GiveUpAfter giveUpAfter() {
        return settings.giveUpAfter();
    }

    @Produces
    RetrySchedule retries() {
        return settings.retries();
    }

    @Produces
    LeaseDuration leaseTime() {
        return settings.leaseTime();
    }

    @Produces
    Retention keep() {
        return settings.keep();
    }

    @Produces
    TelemetrySettings telemetry() {
        return settings.telemetry();
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    RandomGenerator random() {
        return new SecureRandom();
    }
}
