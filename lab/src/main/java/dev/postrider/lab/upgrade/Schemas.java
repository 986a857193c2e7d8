package dev.postrider.lab.upgrade;

import dev.postrider.lab.crash.CrashLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * Schema changes that the newer version has more than this one: one that widens, with an index made
 * beside running nodes, and one that narrows again once no node needs it.
 *
 * @param widened a folder with the first step
 * @param narrowed a folder with both
 * @param now the newest schema that the program brings itself
 */
record Schemas(Path widened, Path narrowed, int now) {
    private static final String NEWEST =
            """
            select max(version::integer)
            from flyway_schema_history
            """;

    static Schemas in(Path folder, Connection database) throws IOException, SQLException {
        int now;
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(NEWEST)) {
            rows.next();
            now = rows.getInt(1);
        }
        var schemas = new Schemas(folder.resolve("widened"), folder.resolve("narrowed"), now);
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
