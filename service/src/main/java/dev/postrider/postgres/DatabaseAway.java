package dev.postrider.postgres;

import dev.postrider.machine.Outage;
import dev.postrider.postgres.connection.ServerPool;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The database can't do just now what was asked, and nothing is wrong with what was asked: the same
 * may go well a moment later. Whether a transaction that was under way has committed is not known.
 */
public final class DatabaseAway extends RuntimeException implements Outage {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why it can't. */
    public enum Kind {
        /** It is restarting, or gone, or its operator ends what is under way. */
        AWAY("The database is away"),
        /** It, or the pool of connections to it, has more to do than it can. */
        BUSY("The database is busy"),
        /** There is no room for anything new. */
        FULL("The database's disk is full"),
        /** It has committed, or not; or committed on one server, and the standby may not know. */
        UNCONFIRMED("The database hasn't confirmed a commit");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    DatabaseAway(Kind kind, Throwable cause) {
        super(kind.words + ": " + words(root(cause)), cause);
        this.kind = kind;
    }

    /** Nobody knows whether an earlier try has committed. */
    public static DatabaseAway unconfirmed(Throwable why) {
        return new DatabaseAway(Kind.UNCONFIRMED, why);
    }

    public Kind kind() {
        return kind;
    }

    /**
     * What is to be thrown instead of what a statement has thrown: this, when it will pass; else
     * the same again. An error of the virtual machine is thrown as it is: a heap that is full is no
     * database that is away, though the driver may wrap it so.
     */
    static RuntimeException orItself(RuntimeException thrown) {
        for (@Nullable Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof Error error) {
                throw error;
            }
        }
        return kind(thrown)
                .<RuntimeException>map(kind -> new DatabaseAway(kind, thrown))
                .orElse(thrown);
    }

    static Optional<Kind> kind(Throwable thrown) {
        for (@Nullable Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql) {
                var kind = kind(sql.getSQLState(), String.valueOf(sql.getMessage()));
                if (kind.isPresent()) {
                    return kind;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * By the class of SQLSTATE (PostgreSQL manual, appendix A); the pool's own troubles have none.
     */
    private static Optional<Kind> kind(@Nullable String state, String message) {
        if (state == null) {
            return Optional.of(message.contains("acquisition timeout") ? Kind.BUSY : Kind.AWAY);
        }
        if (state.equals("53100") || message.contains("No space left on device")) {
            return Optional.of(Kind.FULL);
        }
        if (state.equals("57014")) {
            return Optional.of(Kind.BUSY);
        }
        if (state.equals(ServerPool.READ_ONLY)) {
            return Optional.of(Kind.AWAY);
        }
        if (state.equals(Unconfirmed.STATE)) {
            return Optional.of(Kind.UNCONFIRMED);
        }
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "08", "57", "58" -> Optional.of(Kind.AWAY);
            case "40", "53" -> Optional.of(Kind.BUSY);
            default -> Optional.empty();
        };
    }

    /** A connection that has ended says nothing of itself. */
    private static String words(Throwable root) {
        return Optional.ofNullable(root.getMessage())
                .orElseGet(() -> root.getClass().getSimpleName());
    }

    private static Throwable root(Throwable thrown) {
        var root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
