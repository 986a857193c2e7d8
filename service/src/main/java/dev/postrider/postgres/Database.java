package dev.postrider.postgres;

import dev.postrider.machine.KeyedPermits;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration.TransactionIsolation;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * The migrated database. Every transaction in the program begins here; the isolation is
 * PostgreSQL's read committed, and statements that need more take row locks.
 */
public final class Database implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 16;

    /** However many requests a workspace makes at once, others' find a connection. */
    private static final int OF_A_WORKSPACE = MAX_CONNECTIONS / 2;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Who isn't known yet shares with all such. */
    public static final UUID ANYBODY = new UUID(0, 0);

    /**
     * Every statement finds its rows by an index, and its plan must not depend on how full the
     * tables were when it was made: statistics of an empty table make plans that read all of a full
     * one. See docs/decisions/0007.
     */
    static final String PLANS =
            "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off"
                    + " -c enable_material=off -c random_page_cost=1 -c jit=off"
                    + " -c plan_cache_mode=force_generic_plan";

    /**
     * The server gives a statement up before we stop to wait for it. One that nobody waits for any
     * more would go on, and the next try would come on top of it, until no connection is left.
     */
    static final Duration STATEMENT = Duration.ofSeconds(50);

    private static final Duration ANSWER = STATEMENT.plusSeconds(10);

    private final AgroalDataSource pool;
    private final Jdbi jdbi;
    private final DatabaseUrl url;
    private final Optional<OwnedServer> embedded;
    private final int schema;
    private final KeyedPermits<UUID> shares = new KeyedPermits<>();

    private Database(
            AgroalDataSource pool, DatabaseUrl url, Optional<OwnedServer> embedded, int schema) {
        this.pool = pool;
        this.url = url;
        this.embedded = embedded;
        this.schema = schema;
        this.jdbi =
                Jdbi.create(pool)
                        .installPlugin(new PostgresPlugin())
                        .registerArrayType(UUID.class, "uuid")
                        .registerArrayType(String.class, "text");
    }

    /**
     * Opens the database of a server that runs as long as the database is open, and brings its
     * schema up to date.
     */
    public static Database of(OwnedServer server) {
        try {
            return open(server.url(), Optional.of(server));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Opens the operator's own PostgreSQL and brings its schema up to date. */
    public static Database at(DatabaseUrl url) {
        return open(url, Optional.empty());
    }

    private static Database open(DatabaseUrl url, Optional<OwnedServer> embedded) {
        var schema = new Migration(url).run();
        try {
            return new Database(pool(url), url, embedded, schema);
        } catch (SQLException e) {
            throw new DatabaseUnusable(Migration.unreachable(url, e));
        }
    }

    private static AgroalDataSource pool(DatabaseUrl url) throws SQLException {
        var connection =
                new AgroalConnectionFactoryConfigurationSupplier()
                        .jdbcUrl(url.jdbcUrl())
                        .principal(new NamePrincipal(url.user()))
                        .credential(new SimplePassword(url.password()))
                        .jdbcProperty("ApplicationName", "postrider")
                        .jdbcProperty(
                                "options", PLANS + " -c statement_timeout=" + STATEMENT.toMillis())
                        .jdbcProperty("connectTimeout", "5")
                        .jdbcProperty("socketTimeout", String.valueOf(ANSWER.toSeconds()))
                        .jdbcProperty("tcpKeepAlive", "true")
                        .jdbcTransactionIsolation(TransactionIsolation.READ_COMMITTED);
        var connections =
                new AgroalConnectionPoolConfigurationSupplier()
                        .maxSize(MAX_CONNECTIONS)
                        .acquisitionTimeout(PATIENCE)
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .idleValidationTimeout(Duration.ofSeconds(5))
                        .reapTimeout(Duration.ofMinutes(5))
                        .connectionFactoryConfiguration(connection);
        return AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier()
                        .connectionPoolConfiguration(connections));
    }

    /**
     * Runs the work in one transaction, committed when it returns, rolled back when it throws.
     *
     * @throws DatabaseAway when the database can't be asked just now
     */
    public <T, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X {
        try {
            return jdbi.inTransaction(work);
        } catch (JdbiException e) {
            throw DatabaseAway.orItself(e);
        }
    }

    /**
     * Runs one statement, or several that need not be of one moment.
     *
     * @throws DatabaseAway when the database can't be asked just now
     */
    public <T> T read(Function<Handle, T> work) {
        try {
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
                if (!shares.tryAcquire(workspace, OF_A_WORKSPACE, PATIENCE)) {
                    throw new DatabaseAway(
                            DatabaseAway.Kind.BUSY, new TimeoutException("too many requests"));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DatabaseAway(DatabaseAway.Kind.BUSY, e);
            }
        }
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
