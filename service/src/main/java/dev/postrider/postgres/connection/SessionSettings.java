package dev.postrider.postgres.connection;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the server is told for each of the program's connections. Never as a start-up parameter
 * {@code options}: poolers refuse that, or are told to ignore it, and then nobody would notice.
 */
public final class SessionSettings {
    /**
     * The server gives a statement up before we stop to wait for it. One that nobody waits for any
     * more would go on, and the next try would come on top of it, until no connection is left.
     */
    public static final Duration STATEMENT = Duration.ofSeconds(50);

    /** For as long as the connection lasts. */
    public static final String FOR_CONNECTION = set("set");

    /** For the rest of the transaction. */
    public static final String FOR_TRANSACTION = set("set local");

    private SessionSettings() {}

    /**
     * Every statement finds its rows by an index, and its plan must not depend on how full the
     * tables were when it was made: statistics of an empty table make plans that read all of a full
     * one. See docs/decisions/0007.
     */
    static Map<String, String> all() {
        var all = new LinkedHashMap<String, String>();
        all.put("enable_seqscan", "off");
        all.put("enable_hashjoin", "off");
        all.put("enable_mergejoin", "off");
        all.put("enable_material", "off");
        all.put("random_page_cost", "1");
        all.put("jit", "off");
        all.put("plan_cache_mode", "force_generic_plan");
        all.put("statement_timeout", String.valueOf(STATEMENT.toMillis()));
        return all;
    }

    /** No query: what a transaction is to be may still be said behind it. */
    private static String set(String command) {
        return all().entrySet().stream()
                .map(each -> "%s %s = '%s'".formatted(command, each.getKey(), each.getValue()))
                .collect(Collectors.joining("; "));
    }
}
