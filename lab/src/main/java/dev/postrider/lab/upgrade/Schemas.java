package dev.postrider.lab.upgrade;

import dev.postrider.lab.crash.ConnectDatabase;
import dev.postrider.lab.crash.CrashLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Schema changes that the newer version has more than this one: one that widens, with an index made
 * beside running nodes, and one that narrows again once no node needs it.
 *
 * @param widened a folder with the first step
 * @param narrowed a folder with both
 * @param old the newest schema of the program that is upgraded
 * @param now the newest schema that this program brings itself
 */
record Schemas(Path widened, Path narrowed, int old, int now) {
    private static final Pattern NUMBER = Pattern.compile("V([0-9]{1,9})__.*");

    private static final String NEWEST =
            """
            select max(version::integer)
            from flyway_schema_history
            """;

    /**
     * Writes them.
     *
     * @param launcher of this version, in its work tree
     * @param database of the program that is upgraded
     */
    static Schemas in(Path folder, Path launcher, ConnectDatabase database)
            throws IOException, SQLException {
        int old;
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(NEWEST)) {
            rows.next();
            old = rows.getInt(1);
        }
        var now = newest(launcher.resolveSibling("service/src/main/resources/db/migration"));
        var schemas = new Schemas(folder.resolve("widened"), folder.resolve("narrowed"), old, now);
        for (var step : new Path[] {schemas.widened, schemas.narrowed}) {
            Files.createDirectories(step);
            write(
                    step,
                    now + 1,
                    "lab_widens",
                    now,
                    "alter table email add column lab text default 'lab'");
            write(
                    step,
                    now + 2,
                    "lab_indexes",
                    now,
                    "create index concurrently email_lab on email (lab, id)");
        }
        write(
                schemas.narrowed,
                now + 3,
                "lab_narrows",
                now + 2,
                "alter table email drop column lab");
        return schemas;
    }

    /** What a program says that doesn't work with the narrowed schema. */
    String refusal() {
        return "which needs programs that know schema " + (now + 2);
    }

    private static int newest(Path migrations) throws IOException {
        try (var files = Files.list(migrations)) {
            return files.map(file -> NUMBER.matcher(file.getFileName().toString()))
                    .filter(name -> name.matches())
                    .mapToInt(name -> Integer.parseInt(name.group(1)))
                    .max()
                    .orElseThrow();
        }
    }

    private static void write(Path folder, int version, String name, int since, String statement)
            throws IOException {
        Files.writeString(
                folder.resolve("V%d__%s_since_%d.sql".formatted(version, name, since)),
                statement + ";\n");
    }

    /** Settings of a node whose program brings these steps. */
    static Map<String, String> with(Path steps) {
        return Map.of(
                CrashLab.JAVA_OPTIONS_VARIABLE,
                CrashLab.JAVA_OPTIONS + " -Dpostrider.more-migrations=" + steps);
    }

    static Map<String, String> asItIs() {
        return Map.of(CrashLab.JAVA_OPTIONS_VARIABLE, CrashLab.JAVA_OPTIONS);
    }
}
