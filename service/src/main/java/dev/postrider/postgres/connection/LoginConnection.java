package dev.postrider.postgres.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Opens a connection of its own, beside the pool's, that waits for nothing longer than so. */
public record LoginConnection(DatabaseUrl url, Duration patience) {
    /** A server that has vanished while we log in is given up, and the next host is asked. */
    public static final Duration USUAL = Duration.ofSeconds(10);

    public Connection open() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", url.user());
        properties.setProperty("password", url.password());
        properties.setProperty("ApplicationName", "postrider");
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("connectTimeout", String.valueOf(patience.toSeconds()));
        properties.setProperty("socketTimeout", String.valueOf(patience.toSeconds()));
        var connection = new org.postgresql.Driver().connect(url.jdbcUrl(), properties);
        if (connection == null) {
            throw new SQLException("no URL of PostgreSQL");
        }
        return connection;
    }
}
