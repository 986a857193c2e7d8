package dev.postrider.postgres.connection;

import dev.postrider.log.Journal;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.AgroalPoolInterceptor;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration.TransactionIsolation;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ExceptionSorter;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * The connections to the server, each with the program's settings whatever stands between. A
 * connection that meets a standby is not used again, and when another server has taken over none
 * from before is.
 */
public final class ServerPool implements AutoCloseable {
    private static final Journal JOURNAL = Journal.of("postgres");

    /** How long a caller waits for a connection. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * read_only_sql_transaction: the server that was asked is a standby, or has become one. What
     * the program itself lets only read doesn't write.
     */
    public static final String READ_ONLY = "25006";

    /**
     * After how long a connection that nobody uses is closed, with the process that the server has
     * for it: a start, or a burst, opens as many as there may be.
     */
    private static final Duration UNUSED = Duration.ofMinutes(1);

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private static final Duration ANSWER = SessionSettings.STATEMENT.plusSeconds(10);

    private final AgroalDataSource connections;
    private final Pooling pooling;
    private final WatchServer watch;

    private ServerPool(AgroalDataSource connections, Pooling pooling, WatchServer watch) {
        this.connections = connections;
        this.pooling = pooling;
        this.watch = watch;
    }

    public static ServerPool open(
            DatabaseUrl url, PoolSize size, ServerFacts server, WaitingCalls calls)
            throws SQLException {
        var pooling = server.pooling();
        if (pooling == Pooling.NONE && size.connections() >= server.maxConnections()) {
            JOURNAL.warning(
                    "the database lets in too few connections",
                    "max_connections",
                    server.maxConnections(),
                    "POSTRIDER_DATABASE_POOL",
                    size.connections());
        }
        var connections = connections(url, size, pooling);
        var watch =
                new WatchServer(
                        url,
                        server.started(),
                        calls,
                        WatchServer.LONG,
                        () -> connections.flush(FlushMode.ALL));
        watch.start();
        return new ServerPool(connections, pooling, watch);
    }

    private static AgroalDataSource connections(DatabaseUrl url, PoolSize size, Pooling pooling)
            throws SQLException {
        var connection =
                new AgroalConnectionFactoryConfigurationSupplier()
                        .jdbcUrl(url.jdbcUrl())
                        .principal(new NamePrincipal(url.user()))
                        .credential(new SimplePassword(url.password()))
                        .jdbcProperty("ApplicationName", "postrider")
                        .jdbcProperty("connectTimeout", String.valueOf(CONNECT.toSeconds()))
                        .jdbcProperty(
                                "socketTimeout", String.valueOf(LoginConnection.USUAL.toSeconds()))
                        .jdbcProperty("tcpKeepAlive", "true")
                        .jdbcTransactionIsolation(TransactionIsolation.READ_COMMITTED);
        switch (pooling) {
            case NONE, SESSION -> connection.initialSql(SessionSettings.FOR_CONNECTION);
            // what is prepared or set on one connection to the server is asked of another
            case TRANSACTION -> connection.jdbcProperty("prepareThreshold", "0");
        }
        var pool =
                new AgroalConnectionPoolConfigurationSupplier()
                        .maxSize(size.connections())
                        .acquisitionTimeout(PATIENCE)
                        .exceptionSorter(new UselessConnection())
                        .idleValidationTimeout(Duration.ofSeconds(5))
                        .reapTimeout(UNUSED)
                        .connectionFactoryConfiguration(connection);
        var connections =
                AgroalDataSource.from(
                        new AgroalDataSourceConfigurationSupplier()
                                .connectionPoolConfiguration(pool));
        connections.setPoolInterceptors(List.of(new LoggedIn()));
        return connections;
    }

    /** From now on an answer may take as long as statements may. */
    private static final class LoggedIn implements AgroalPoolInterceptor {
        @Override
        public void onConnectionCreate(Connection connection) {
            try {
                connection.setNetworkTimeout(Runnable::run, Math.toIntExact(ANSWER.toMillis()));
            } catch (SQLException e) {
                // it has ended already, as its first statement will say
                JOURNAL.warning(
                        "a new connection is of no use", "reason", String.valueOf(e.getMessage()));
            }
        }
    }

    /** After which errors a connection is closed. */
    private static final class UselessConnection implements ExceptionSorter {
        private final ExceptionSorter usual = new PostgreSQLExceptionSorter();

        @Override
        public boolean isFatal(SQLException e) {
            var state = e.getSQLState();
            return usual.isFatal(e)
                    || READ_ONLY.equals(state)
                    || (state != null && state.startsWith("57P"));
        }
    }

    public DataSource connections() {
        return connections;
    }

    public Pooling pooling() {
        return pooling;
    }

    @Override
    public void close() {
        watch.close();
        connections.close();
    }
}
