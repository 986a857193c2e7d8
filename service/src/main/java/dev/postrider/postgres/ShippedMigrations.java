package dev.postrider.postgres;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The migrations that this program brings. A database whose history has each of them, as it is
 * here, and nothing else is up to date, and a start needn't wait for Flyway to find that out. About
 * whatever else is found Flyway is asked: a migration that failed or was changed, one of a newer
 * program, an empty database, another one.
 *
 * @param checksums of each file, as Flyway keeps them
 */
record ShippedMigrations(Map<String, Integer> checksums) {
    static final String FOLDER = "db/migration";

    private static final Pattern NAME = Pattern.compile("V([0-9]{1,9})__.+\\.sql");

    /** Flyway's table stands in the first schema of the path, or nowhere. */
    private static final String HAS_HISTORY =
            """
            select to_regclass(format('%I.flyway_schema_history', current_schema())) is not null
            """;

    private static final String HISTORY =
            """
            select script, checksum, success
            from flyway_schema_history
            """;

    ShippedMigrations {
        checksums = Map.copyOf(checksums);
    }

    /** Those on the class path; none when they don't stand in one folder that can be listed. */
    static ShippedMigrations read() {
        var loader = ShippedMigrations.class.getClassLoader();
        var checksums = new HashMap<String, Integer>();
        try {
            var folders = Collections.list(loader.getResources(FOLDER));
            for (var name : folders.size() == 1 ? names(folders.getFirst()) : List.<String>of()) {
                try (var file = loader.getResourceAsStream(FOLDER + "/" + name)) {
                    checksums.put(name, checksum(Objects.requireNonNull(file).readAllBytes()));
                }
            }
        } catch (IOException e) {
            throw new DatabaseUnusable(
                    "The program's migrations can't be read ("
                            + e.getMessage()
                            + "): install it anew.");
        }
        return new ShippedMigrations(checksums);
    }

    private static List<String> names(URL folder) throws IOException {
        if (folder.openConnection() instanceof JarURLConnection connection) {
            var prefix = connection.getEntryName() + "/";
            return connection.getJarFile().stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(prefix) && name.length() > prefix.length())
                    .map(name -> name.substring(prefix.length()))
                    .toList();
        }
        if (folder.getProtocol().equals("file")) {
            try (var files = Files.list(Path.of(folder.getPath()))) {
                return files.map(file -> file.getFileName().toString()).toList();
            }
        }
        return List.of();
    }

    /** Of its lines without their ends, so that those may be any. */
    private static int checksum(byte[] text) {
        var checksum = new CRC32();
        var begin = 0;
        for (var i = 0; i < text.length; i++) {
            if (text[i] == '\n' || text[i] == '\r') {
                checksum.update(text, begin, i - begin);
                begin = i + 1;
            }
        }
        checksum.update(text, begin, text.length - begin);
        return (int) checksum.getValue();
    }

    /** The newest schema, when the database has it and no other. */
    Optional<Integer> schemaOf(Connection connection) throws SQLException {
        return !checksums.isEmpty() && checksums.equals(applied(connection))
                ? newest()
                : Optional.empty();
    }

    /** None when Flyway has anything else to say than that it was applied. */
    private static Map<String, Integer> applied(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery(HAS_HISTORY)) {
                if (!rows.next() || !rows.getBoolean(1)) {
                    return Map.of();
                }
            }
            try (var rows = statement.executeQuery(HISTORY)) {
                var applied = new HashMap<String, Integer>();
                while (rows.next()) {
                    var checksum = rows.getInt("checksum");
                    var isAsWas = !rows.wasNull() && rows.getBoolean("success");
                    if (!isAsWas || applied.put(rows.getString("script"), checksum) != null) {
                        return Map.of();
                    }
                }
                return applied;
            }
        }
    }

    /** Unless a file's name isn't one of a migration with a plain number. */
    private Optional<Integer> newest() {
        var newest = 0;
        for (var name : checksums.keySet()) {
            var parts = NAME.matcher(name);
            if (!parts.matches()) {
                return Optional.empty();
            }
            newest = Math.max(newest, Integer.parseInt(parts.group(1)));
        }
        return Optional.of(newest);
    }
}
