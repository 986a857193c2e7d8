package dev.postrider.postgres;

import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationInfo;

/**
 * A migration, and which programs work with what it has made. Its file's name says it: once {@code
 * V7__drop_old_subject_since_5.sql} has run, programs that know schema 5 go on working, and older
 * ones don't. Flyway keeps the name in its history, and so an older program, which hasn't the file,
 * reads it there. Without such an ending no older program works with it. See docs/upgrade.md.
 *
 * @param since the oldest schema whose programs work with this one
 */
record SchemaStep(int version, int since) {
    private static final Pattern SINCE = Pattern.compile(".* since ([0-9]{1,6})");

    static SchemaStep of(MigrationInfo migration) {
        var version = migration.getVersion().getMajor().intValueExact();
        var said = SINCE.matcher(migration.getDescription());
        return new SchemaStep(version, said.matches() ? Integer.parseInt(said.group(1)) : version);
    }
}
