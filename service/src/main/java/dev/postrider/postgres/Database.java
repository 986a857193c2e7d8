package dev.postrider.postgres;

import dev.postrider.machine.KeyedPermits;
import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.postgres.connection.PoolSize;
import dev.postrider.postgres.connection.Pooling;
import dev.postrider.postgres.connection.ServerPool;
import dev.postrider.postgres.connection.SessionSettings;
import dev.postrider.postgres.connection.WaitingCalls;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * The migrated database. Every transaction in the program begins here; the isolation is
 * PostgreSQL's read committed, and statements that need more take row locks.
 */
public final class Database implements AutoCloseable {
    /** Who isn't known yet shares with all such. */
    public static final UUID ANYBODY = new UUID(0, 0);

    private final ServerPool pool;
    private final PoolSize size;
    private final WaitingCalls calls;
    private final Jdbi jdbi;
    private final DatabaseUrl url;
    private final Optional<OwnedServer> embedded;
    private final int schema;
    private final KeyedPermits<UUID> shares = new KeyedPermits<>();
    private final StatementCount statements;

    private Database(
            ServerPool pool,
            PoolSize size,
            WaitingCalls calls,
            DatabaseUrl url,
            Optional<OwnedServer> embedded,
            int schema) {
        this.pool = pool;
        this.size = size;
        this.calls = calls;
        this.url = url;
        this.embedded = embedded;
        this.schema = schema;
        this.jdbi =
                Jdbi.create(pool.connections())
                        .installPlugin(new PostgresPlugin())
                        .registerArrayType(UUID.class, "uuid")
                        .registerArrayType(String.class, "text");
        jdbi.getConfig(SqlStatements.class)
                // statements are whole: nothing is to be put into them
                .setTemplateEngine(TemplateEngine.NOP)
                .addCustomizer(new Unconfirmed.Customizer())
                .addCustomizer(new StatementCount.Customizer());
        this.statements = jdbi.getConfig(StatementCount.class);
    }

    /**
     * Opens the database of a server that runs as long as the database is open, and brings its
     * schema up to date.
     */
    public static Database of(OwnedServer server) {
        try {
            return open(
                    new Migration(server.url()).run(),
                    server.url(),
                    PoolSize.USUAL,
                    Optional.of(server));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Opens the operator's own PostgreSQL and brings its schema up to date. */
    public static Database at(DatabaseUrl url) {
        return at(url, PoolSize.USUAL);
    }

    /** With so many connections at most. */
    public static Database at(DatabaseUrl url, PoolSize size) {
        return open(new Migration(url).run(), url, size, Optional.empty());
    }

    /** Opens one that a restore has loaded, and which nobody else may use yet. */
    public static Database ofRestore(DatabaseUrl url) {
        return open(new Migration(url).runForRestore(), url, PoolSize.USUAL, Optional.empty());
    }

    private static Database open(
            Migration.Migrated migrated,
            DatabaseUrl url,
            PoolSize size,
            Optional<OwnedServer> embedded) {
        var calls = new WaitingCalls();
        try {
            var pool = ServerPool.open(url, size, migrated.server(), calls);
            return new Database(pool, size, calls, url, embedded, migrated.schema());
        } catch (SQLException e) {
            throw Migration.unusable(url, e);
        }
    }

    /**
     * Runs the work in one transaction, committed when it returns, rolled back when it throws.
     *
     * @throws DatabaseAway when the database can't be asked just now
     */
    public <T, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X {
        try (var _ = calls.begin()) {
            return jdbi.withHandle(handle -> committed(handle, work));
        } catch (JdbiException e) {
            throw DatabaseAway.orItself(e);
        }
    }

    private <T, X extends Exception> T committed(Handle handle, HandleCallback<T, X> work)
            throws X {
        Unconfirmed.begin(handle);
        var done =
                handle.inTransaction(inside -> {
                    if (pool.pooling() == Pooling.TRANSACTION) {
                        inside.execute(SessionSettings.FOR_TRANSACTION);
                    }
                    return work.withHandle(inside);
                });
        Unconfirmed.check(handle);
        return done;
    }

    /**
     * Runs one statement, or several that need not be of one moment.
     *
     * @throws DatabaseAway when the database can't be asked just now
     */
    public <T> T read(Function<Handle, T> work) {
        if (pool.pooling() == Pooling.TRANSACTION) {
            // only there is known what is set
            return inTransaction(work::apply);
        }
        try (var _ = calls.begin()) {
            return jdbi.withHandle(work::apply);
        } catch (JdbiException e) {
            throw DatabaseAway.orItself(e);
        }
    }

    /**
     * Runs statements that read, all of what there was at one moment: what is settled meanwhile is
     * in none of them.
     *
     * @throws DatabaseAway when the database can't be asked just now
     */
    public <T> T snapshot(Function<Handle, T> work) {
        return inTransaction(handle -> {
            handle.execute("set transaction isolation level repeatable read, read only");
            return work.apply(handle);
        });
    }

    /**
     * Runs one statement that writes, and is its own transaction: no round trips begin and commit
     * one.
     *
     * @throws DatabaseAway when the database can't be asked just now; it may have been written
     */
    public <T> T statement(Function<Handle, T> work) {
        return read(work);
    }

    /** What is done on a workspace's word, with no more than its share of the connections. */
    public Share of(UUID workspace) {
        return new Share(workspace);
    }

    /** The database, for a workspace. */
    public final class Share {
        private final UUID workspace;

        private Share(UUID workspace) {
            this.workspace = workspace;
        }

        /** As {@link Database#inTransaction}. */
        public <T, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X {
            enter();
            try {
                return Database.this.inTransaction(work);
            } finally {
                shares.release(workspace);
            }
        }

        /** As {@link Database#read}. */
        public <T> T read(Function<Handle, T> work) {
            enter();
            try {
                return Database.this.read(work);
            } finally {
                shares.release(workspace);
            }
        }

        /** As {@link Database#snapshot}. */
        public <T> T snapshot(Function<Handle, T> work) {
            enter();
            try {
                return Database.this.snapshot(work);
            } finally {
                shares.release(workspace);
            }
        }

        private void enter() {
            try {
                if (!shares.tryAcquire(workspace, size.ofWorkspace(), ServerPool.PATIENCE)) {
                    throw new DatabaseAway(
                            DatabaseAway.Kind.BUSY, new TimeoutException("too many requests"));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DatabaseAway(DatabaseAway.Kind.BUSY, e);
            }
        }
    }

    /** How many statements this program has sent since its start. */
    public long statements() {
        return statements.sum();
    }

    /** Whether the program runs the server itself. */
    public boolean isEmbedded() {
        return embedded.isPresent();
    }

    /** The newest schema that this program knows; the database's may be newer. */
    public int schema() {
        return schema;
    }

    public DatabaseUrl url() {
        return url;
    }

    @Override
    public void close() {
        pool.close();
        embedded.ifPresent(OwnedServer::close);
    }
}
