package dev.postrider.boot;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the program listens. Without TLS that is loopback, unless the operator names an address:
 * passwords and tokens in the clear are for nobody else's network.
 *
 * @param host empty: loopback, or with TLS every address
 * @param tls then the API speaks TLS and nothing else
 */
public record ListenAddresses(
        Optional<String> host,
        int port,
        String managementHost,
        int managementPort,
        Optional<TlsFiles> tls) {
    public static final String LOOPBACK = "127.0.0.1";

    /** How often the files are looked at, for the framework. */
    private static final String RELOAD = "10s";

    public String address() {
        return host.orElse(tls.isPresent() ? "0.0.0.0" : LOOPBACK);
    }

    /** Whether others may read what passes. */
    public boolean isInTheClear() {
        return tls.isEmpty() && !isLoopback(address());
    }

    public boolean isManagementOpen() {
        return !isLoopback(managementHost);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /** As the framework's own settings. */
    public Map<String, String> properties() {
        var properties = new LinkedHashMap<String, String>();
        properties.put("quarkus.http.host", address());
        properties.put("quarkus.http.port", String.valueOf(port));
        properties.put("quarkus.management.host", managementHost);
        properties.put("quarkus.management.port", String.valueOf(managementPort));
        tls.ifPresent(files -> {
            properties.put("quarkus.http.ssl-port", String.valueOf(port));
            properties.put("quarkus.http.insecure-requests", "disabled");
            properties.put("quarkus.http.tls-configuration-name", "postrider");
            properties.put(
                    "quarkus.tls.postrider.key-store.pem.0.cert", files.certificate().toString());
            properties.put("quarkus.tls.postrider.key-store.pem.0.key", files.key().toString());
            properties.put("quarkus.tls.postrider.reload-period", RELOAD);
        });
        return properties;
    }
}
