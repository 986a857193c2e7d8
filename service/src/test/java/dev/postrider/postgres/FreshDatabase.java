package dev.postrider.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.postgres.connection.SessionSettings;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;

/** An empty database with a name of its own, dropped when it is closed. */
public record FreshDatabase(DatabaseUrl server, DatabaseUrl url) implements AutoCloseable {
    /**
     * Creates it beside the database that the URL names.
     *
     * @param server with a user who may create databases
     */
    public static FreshDatabase on(DatabaseUrl server) {
        return create(server, "");
    }

    /** With all that is in this one, which nobody may use meanwhile. */
    public FreshDatabase copy() {
        return create(server, " template " + url.database());
    }

    private static FreshDatabase create(DatabaseUrl server, String options) {
        var name = "test_" + UUID.randomUUID().toString().replace("-", "");
        run(server, "create database " + name + options);
        return new FreshDatabase(
                server,
                new DatabaseUrl(
                        server.host(),
                        server.port(),
                        name,
                        server.user(),
                        server.password(),
                        server.query()));
    }

    /** As it is given in {@code POSTRIDER_DATABASE_URL}. */
    public String text() {
        return text(url);
    }

    static String text(DatabaseUrl url) {
        return "postgresql://%s:%s@%s:%d/%s%s"
                .formatted(
                        URLEncoder.encode(url.user(), UTF_8),
                        URLEncoder.encode(url.password(), UTF_8).replace("+", "%20"),
                        url.host(),
                        url.port(),
                        url.database(),
                        url.query().isEmpty() ? "" : "?" + url.query());
    }

    /** Runs a statement in it. */
    void execute(String statement) {
        run(url, statement);
    }

    @Override
    public void close() {
        run(server, "drop database " + url.database() + " with (force)");
    }

    public static Connection connect(DatabaseUrl url) throws SQLException {
        return source(url).getConnection();
    }

    /** Statements are planned as for the program. */
    public static Connection connectAsTheProgram(DatabaseUrl url) throws SQLException {
        var connection = connect(url);
        try (var statement = connection.createStatement()) {
            statement.execute(SessionSettings.FOR_CONNECTION);
        }
        return connection;
    }

    private static void run(DatabaseUrl server, String statement) {
        try (var connection = connect(server);
                var execution = connection.createStatement()) {
            execution.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** By the driver itself: whether the registry of drivers finds it depends on who came first. */
    private static PGSimpleDataSource source(DatabaseUrl url) {
        var source = new PGSimpleDataSource();
        source.setUrl(url.jdbcUrl());
        source.setUser(url.user());
        source.setPassword(url.password());
        return source;
    }
}
