package dev.postrider.boot;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the program listens. Without TLS that is loopback, unless the operator names an address:
 * passwords and tokens in the clear are for nobody else's network.
 *
 * @param host empty: loopback, or with TLS every address
 * @param tls then the API speaks TLS and nothing else
 * @param hsts for how long browsers shall come by TLS alone (RFC 6797); they are told so in each
 *     answer
 */
public record ListenAddresses(
        Optional<String> host,
        int port,
        String managementHost,
        int managementPort,
        Optional<TlsFiles> tls,
        Optional<Duration> hsts) {
    public static final String LOOPBACK = "127.0.0.1";

    /** How the framework calls what it serves TLS with. */
    static final String TLS = "postrider";

    /** Clients on systems that are still served know no newer one than 1.2. */
    private static final String PROTOCOLS = "TLSv1.3,TLSv1.2";

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
            properties.put("quarkus.http.tls-configuration-name", TLS);
            properties.put("quarkus.tls." + TLS + ".protocols", PROTOCOLS);
        });
        hsts.ifPresent(time ->
                properties.put(
                        "quarkus.http.header.\"Strict-Transport-Security\".value",
                        "max-age=" + time.toSeconds()));
        return properties;
    }
}
