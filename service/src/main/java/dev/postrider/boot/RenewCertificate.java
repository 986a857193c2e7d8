package dev.postrider.boot;

import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Machine;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;

/**
 * Has every port that speaks TLS take up a certificate that was renewed. Only then, and not at
 * every look: while the framework's server takes one up, for some milliseconds, it closes who
 * connects.
 */
@Singleton
final class RenewCertificate implements Machine {
    private static final Journal JOURNAL = Journal.of("boot");
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final ReadTlsFiles files;
    private final TlsConfigurationRegistry configurations;
    private final Event<CertificateUpdatedEvent> updated;
    private final Loop loop =
            new Loop(
                    JOURNAL,
                    "renew-certificate",
                    "the certificate can't be looked at",
                    EVERY,
                    this::look);

    RenewCertificate(
            @Identifier(ListenAddresses.TLS) ReadTlsFiles files,
            TlsConfigurationRegistry configurations,
            Event<CertificateUpdatedEvent> updated) {
        this.files = files;
        this.configurations = configurations;
        this.updated = updated;
    }

    @Override
    public void start() {
        loop.start();
    }

    void look() throws IOException {
        if (!files.areRenewed()) {
            return;
        }
        var configuration = configurations.get(ListenAddresses.TLS).orElseThrow();
        if (configuration.reload()) {
            updated.fire(new CertificateUpdatedEvent(ListenAddresses.TLS, configuration));
            JOURNAL.event("certificate renewed");
        } else {
            JOURNAL.warning("the renewed certificate can't be used: the last one is still shown");
        }
    }

    @Override
    public void close() throws InterruptedException {
        loop.close();
    }
}
