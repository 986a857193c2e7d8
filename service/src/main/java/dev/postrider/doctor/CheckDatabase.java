package dev.postrider.doctor;

import dev.postrider.postgres.ExamineServer;
import dev.postrider.postgres.ExamineServer.Examined;
import dev.postrider.postgres.ExamineServer.Facts;
import dev.postrider.postgres.connection.DatabaseUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * The database's server: reached, of a version that fits, with settings that keep what was
 * accepted, with room for our connections and a clock like ours.
 *
 * @param url empty when the embedded server doesn't run
 * @param isEmbedded whether it is the one that Postrider starts
 * @param connections that a node opens at most
 */
public record CheckDatabase(Optional<DatabaseUrl> url, boolean isEmbedded, int connections)
        implements Check {
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final int OLDEST = 150_000;
    private static final Duration CLOCKS_APART = Duration.ofSeconds(2);
    private static final String LOST =
            "When the server's machine fails, email that was accepted may be lost, or sent again.";

    @Override
    public String about() {
        return isEmbedded ? "Database (embedded)" : "Database (your own)";
    }

    @Override
    public List<Finding> look() throws InterruptedException, ExecutionException {
        if (url.isEmpty()) {
            return List.of(
                    Finding.ok(
                            "database-stopped",
                            "It doesn't run: its settings are looked at while Postrider runs."));
        }
        var server = new ExamineServer(url.get(), PATIENCE);
        return AtOnce.look(Examine.OF_A_CHECK, server::examine)
                .map(this::findings)
                .orElseGet(() ->
                        List.of(
                                away(
                                        "It lets us in and then answers too slowly: not all was said"
                                                + " within "
                                                + Examine.OF_A_CHECK.toSeconds()
                                                + " seconds.")));
    }

    private List<Finding> findings(Examined examined) {
        return switch (examined) {
            case Examined.Away(var reason) -> List.of(away(reason));
            case Examined.Reached(var facts) -> findings(facts);
        };
    }

    private static Finding away(String reason) {
        return Finding.problem(
                "database-away",
                reason,
                "Without its database the program doesn't start, and one that runs accepts nothing.",
                "See what its server's log says; psql with the same URL shows the same.");
    }

    private List<Finding> findings(Facts facts) {
        var found = new ArrayList<Finding>();
        found.add(version(facts));
        durability(facts, found);
        maintenance(facts, found);
        found.add(room(facts));
        found.add(schema(facts));
        found.add(clock(facts));
        if (facts.isPooled()) {
            found.add(
                    Finding.ok(
                            "database-pooler",
                            "A connection pooler (such as PgBouncer) stands before it: see"
                                    + " docs/high-availability.md for how it must be set."));
        }
        return found;
    }

    private static Finding version(Facts facts) {
        var text = "PostgreSQL " + facts.version() + " answers.";
        if (facts.number() < OLDEST) {
            return Finding.problem(
                    "database-old",
                    text,
                    "Postrider needs 15 or newer, and doesn't start.",
                    "Upgrade the server.");
        }
        if (facts.isStandby() || isOn(facts, "default_transaction_read_only")) {
            return Finding.problem(
                    "database-read-only",
                    text + " It can only be read: it is a standby, or set so.",
                    "Nothing can be accepted there.",
                    "Name the primary in POSTRIDER_DATABASE_URL.");
        }
        return Finding.ok("database", text);
    }

    private static void durability(Facts facts, List<Finding> found) {
        var before = found.size();
        for (var name : List.of("fsync", "full_page_writes")) {
            if (!isOn(facts, name)) {
                found.add(
                        Finding.problem(
                                "database-" + name.replace('_', '-'),
                                name + " is off.",
                                LOST + " The whole database may be beyond repair.",
                                "ALTER SYSTEM SET " + name + " = on; then pg_reload_conf()."));
            }
        }
        if (facts.setting("synchronous_commit").filter("off"::equals).isPresent()) {
            found.add(
                    Finding.problem(
                            "database-synchronous-commit",
                            "synchronous_commit is off.",
                            LOST,
                            "ALTER SYSTEM RESET synchronous_commit; look at ALTER ROLE and ALTER"
                                    + " DATABASE, too."));
        }
        if (found.size() == before) {
            found.add(Finding.ok("database-durable", "What is committed there is on its disk."));
        }
        if (!isOn(facts, "data_checksums")) {
            found.add(
                    Finding.warning(
                            "database-checksums",
                            "data_checksums is off.",
                            "What a disk spoils isn't noticed when it is read.",
                            "Stop the server and run pg_checksums --enable on its data."));
        }
    }

    private static void maintenance(Facts facts, List<Finding> found) {
        if (!isOn(facts, "autovacuum") || !isOn(facts, "track_counts")) {
            found.add(
                    Finding.problem(
                            "database-autovacuum",
                            "autovacuum (or track_counts) is off.",
                            "Each email leaves dead rows behind: the tables grow, and all of it"
                                    + " becomes slow.",
                            "ALTER SYSTEM SET autovacuum = on; and track_counts = on."));
        } else {
            found.add(Finding.ok("database-autovacuum", "Dead rows are cleaned up (autovacuum)."));
        }
        for (var name :
                List.of(
                        "transaction_timeout",
                        "idle_in_transaction_session_timeout",
                        "idle_session_timeout")) {
            tooShort(facts, name).ifPresent(found::add);
        }
    }

    /** In milliseconds; 0 is none. */
    private static Optional<Finding> tooShort(Facts facts, String name) {
        return facts.setting(name)
                .map(Long::parseLong)
                .filter(time -> time > 0 && time < Duration.ofMinutes(1).toMillis())
                .map(time ->
                        Finding.warning(
                                "database-" + name.replace('_', '-'),
                                name + " is " + time + " ms.",
                                "A connection of ours that is busy or waits is ended by it; the log"
                                        + " fills with that.",
                                "ALTER ROLE ... SET " + name + " = 0, or to a minute at least."));
    }

    private Finding room(Facts facts) {
        var all =
                number(facts, "max_connections")
                        - number(facts, "superuser_reserved_connections")
                        - number(facts, "reserved_connections");
        var usable = Math.min(all, facts.limit().orElse(all));
        var rest = usable - facts.others();
        var text =
                "It takes "
                        + usable
                        + " connections, of which others have "
                        + facts.others()
                        + "; a node of ours opens "
                        + connections
                        + " at most. "
                        + counted(facts.nodes())
                        + (facts.nodes() == 1 ? " runs" : " run")
                        + ", and there is room for "
                        + counted(Math.max(0, rest / connections))
                        + ".";
        var why = "Requests wait for a connection and are refused.";
        var advice =
                "Raise max_connections (or what limits its user or database), lower"
                        + " POSTRIDER_DATABASE_POOL of each node, or put PgBouncer before it.";
        if (usable < connections) {
            return Finding.problem("database-connections", text, why, advice);
        }
        return rest < Math.max(1, facts.nodes()) * connections
                ? Finding.warning(
                        "database-connections-few",
                        text,
                        "When all of them need what they may have: " + why,
                        advice)
                : Finding.ok("database-connections", text);
    }

    private static String counted(int nodes) {
        return nodes == 1 ? "1 node" : nodes + " nodes";
    }

    private static Finding schema(Facts facts) {
        return switch (facts.schema()) {
            case NEWER ->
                    Finding.problem(
                            "database-newer",
                            "Its schema is a newer Postrider's.",
                            "This version doesn't start on it.",
                            "Start that version, or restore a backup from before it.");
            case OLDER ->
                    Finding.ok(
                            "database-older",
                            "Its schema is an older Postrider's: the next start brings it up to"
                                    + " date. Make a backup before.");
            case NONE ->
                    facts.mayCreate()
                            ? Finding.ok(
                                    "database-empty",
                                    "It has no tables yet: the first start makes them.")
                            : Finding.problem(
                                    "database-no-right",
                                    "It has no tables yet, and its user may not make any.",
                                    "The first start makes them, and fails so.",
                                    "GRANT CREATE ON DATABASE and ON SCHEMA public to the user, or"
                                            + " make them the database's owner.");
            case SAME -> Finding.ok("database-schema", "Its schema is this version's.");
            case UNKNOWN ->
                    Finding.warning(
                            "database-schema-unknown",
                            "Its schema can't be read.",
                            "Whether this version starts on it isn't known.",
                            "See whether the user of POSTRIDER_DATABASE_URL may read its tables.");
        };
    }

    private static Finding clock(Facts facts) {
        var text =
                "Its clock is "
                        + facts.ahead().abs().toMillis()
                        + " ms "
                        + (facts.ahead().isNegative() ? "behind" : "before")
                        + " this machine's.";
        return facts.ahead().abs().compareTo(CLOCKS_APART) > 0
                ? Finding.warning(
                        "database-clock",
                        text,
                        "Leases and retries go by the database's clock, dates in emails and logs by"
                                + " this machine's.",
                        "Keep both by NTP (chrony, systemd-timesyncd).")
                : Finding.ok("database-clock", text);
    }

    private static boolean isOn(Facts facts, String name) {
        return facts.setting(name).filter("on"::equals).isPresent();
    }

    private static int number(Facts facts, String name) {
        return facts.setting(name).map(Integer::parseInt).orElse(0);
    }
}
