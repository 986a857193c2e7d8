package dev.postrider.boot;

import dev.postrider.postgres.connection.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of the program under a {@code @QuarkusTest}, as one sees it who has its login. */
final class RunningDatabase {
    private RunningDatabase() {}

    /** Every row of every table, as text; octets are in hexadecimal. */
    static List<String> rows() throws IOException, SQLException {
        var rows = new ArrayList<String>();
        try (var connection = connect()) {
            for (var table : tables(connection)) {
                try (var statement = connection.createStatement();
                        var found =
                                statement.executeQuery(
                                        "select cast(t as text) from \"" + table + "\" as t")) {
                    while (found.next()) {
                        rows.add(table + " " + found.getString(1));
                    }
                }
            }
        }
        return rows;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var tables =
                connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private static Connection connect() throws IOException, SQLException {
        var url = url();
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {url.host()});
        source.setPortNumbers(new int[] {url.port()});
        source.setDatabaseName(url.database());
        source.setUser(url.user());
        source.setPassword(url.password());
        return source.getConnection();
    }

    private static DatabaseUrl url() throws IOException {
        var config = ConfigProvider.getConfig();
        var own = config.getOptionalValue("POSTRIDER_DATABASE_URL", String.class);
        if (own.isPresent()
                && DatabaseUrl.parse(own.get()) instanceof DatabaseUrl.Parsed.Valid(var url)) {
            return url;
        }
        var folder = Path.of(config.getValue("POSTRIDER_DATA_DIR", String.class));
        var process = Files.readAllLines(folder.resolve("postgres").resolve("postmaster.pid"));
        var password = Files.readString(folder.resolve("postgres.password")).strip();
        var port = Integer.parseInt(process.get(3).strip());
        return new DatabaseUrl("127.0.0.1", port, "postrider", "postgres", password, "");
    }
}
