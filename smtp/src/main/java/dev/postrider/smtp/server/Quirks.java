package dev.postrider.smtp.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * What servers have shown of the extensions that they announce, by host and port: those that work,
 * and those that don't. Shared by any number of threads and connectors; bounded.
 */
public final class Quirks {
    /** MAIL in the same write as the end of the message before (RFC 2920 section 3.1). */
    public static final String ENVELOPE_BEHIND_CONTENT = "PIPELINING behind content";

    public static final String CHUNKING = "CHUNKING";

    /** The answer to a message's last chunk, which some hang up on that take the others. */
    public static final String LAST_CHUNK = "BDAT LAST";

    public static final String PIPELINING = "PIPELINING";

    /** A server that was mended is used to the full again after this time. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private static final int MAX_SERVERS = 10_000;

    private final LongSupplier clock;

    /** By server; the longest unused goes first. */
    private final Map<String, Known> servers = // guarded by this
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                    return size() > MAX_SERVERS;
                }
            };

    private record Known(Set<String> working, Set<String> failing, long since) {}

    public Quirks() {
        this(System::nanoTime);
    }

    /**
     * With a clock of its own.
     *
     * @param clock in nanoseconds, from any origin
     */
    public Quirks(LongSupplier clock) {
        this.clock = clock;
    }

    public synchronized void works(Server server, String what) {
        known(server).working().add(what);
    }

    public synchronized void fails(Server server, String what) {
        Known known = known(server);
        known.working().remove(what);
        known.failing().add(what);
    }

    public synchronized boolean isWorking(Server server, String what) {
        return known(server).working().contains(what);
    }

    /** What the server announces and gets wrong, as in {@link Server#disregarded}. */
    public synchronized Set<String> failing(Server server) {
        return Set.copyOf(known(server).failing());
    }

    private Known known(Server server) {
        String key = server.host() + ":" + server.port();
        long now = clock.getAsLong();
        Known known = servers.get(key);
        if (known == null || now - known.since() >= REMEMBERED.toNanos()) {
            known = new Known(new TreeSet<>(), new TreeSet<>(), now);
            servers.put(key, known);
        }
        return known;
    }
}
