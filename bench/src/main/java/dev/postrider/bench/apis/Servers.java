package dev.postrider.bench.apis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.bench.rig.JavaProcess;
import dev.postrider.bench.rig.ProcessCost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;

/** The servers' process, and the files beside it. */
record Servers(JavaProcess process, JsonNode facts, Counters counters, Path folder)
        implements AutoCloseable {
    static final String DOMAIN = "example.com";

    private static final String PASSWORD = "changeit";

    /** The mailbox of that number. */
    static String address(int number) {
        return "m" + number + "@" + DOMAIN;
    }

    static Servers start(Path folder, int mailboxes, Duration roundTrip) throws IOException {
        var counted = folder.resolve("counters");
        var counters = Counters.open(counted);
        var process =
                JavaProcess.start(
                        ServersProcess.class,
                        List.of("-XX:+UseSerialGC", "-Xmx512m"),
                        counted.toString(),
                        String.valueOf(mailboxes),
                        String.valueOf(roundTrip.toMillis()));
        return new Servers(process, new ObjectMapper().readTree(process.line()), counters, folder);
    }

    /** A file for {@code POSTRIDER_PROVIDERS_FILE}. */
    Path providersFile() throws IOException {
        return Files.writeString(
                folder.resolve("providers.json"), facts.path("providers").toString());
    }

    /** Options of a JVM that trusts these servers alone. */
    String trusting() throws IOException {
        var file = folder.resolve("trust.p12");
        try (var out = Files.newOutputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "authority",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(
                                            authority().getBytes(StandardCharsets.US_ASCII))));
            store.store(out, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStoreType=PKCS12 -Djavax.net.ssl.trustStorePassword=%s"
                .formatted(file, PASSWORD);
    }

    String authority() {
        return facts.path("authority").asText();
    }

    int port(Wire wire) {
        return facts.path(wire.text()).asInt();
    }

    /** Of the mailbox of that number. */
    String token(Wire wire, int number) {
        return facts.path("tokens").path(wire.text()).path(number).asText();
    }

    /** Microseconds of processor time until now. */
    double micros() throws IOException {
        return ProcessCost.micros(process.pid());
    }

    @Override
    public void close() {
        process.close();
        counters.close();
    }
}
