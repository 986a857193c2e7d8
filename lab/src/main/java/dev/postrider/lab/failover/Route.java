package dev.postrider.lab.failover;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How nodes reach the primary. */
enum Route {
    /** All servers are in the URL. */
    HOSTS,
    /** HAProxy asks Patroni. */
    HAPROXY,
    /** PgBouncer before HAProxy, a server's connection for each of a node's. */
    SESSION,
    /** PgBouncer before HAProxy, a server's connection for each transaction. */
    TRANSACTION;

    /** Empty when it is none. */
    static Optional<Route> parse(String text) {
        return Arrays.stream(values()).filter(route -> route.text().equals(text)).findFirst();
    }

    /** As it is written on the command line, and in PgBouncer's settings. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean hasPooler() {
        return this == SESSION || this == TRANSACTION;
    }

    boolean hasProxy() {
        return this != HOSTS;
    }
}
