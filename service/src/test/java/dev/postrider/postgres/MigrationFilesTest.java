package dev.postrider.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a release has is never changed again, and what comes after it runs beside nodes that work
 * (CONTRIBUTING.md, docs/upgrade.md).
 */
final class MigrationFilesTest {
    private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");

    /** A line for each migration that some release has: its SHA-256 and its file's name. */
    private static final Path RELEASED =
            Path.of("src", "test", "resources", "released", "migrations.sha256");

    @Test
    void whatWasReleasedIsAsItWas() throws IOException {
        var now = checksums();
        Files.readAllLines(RELEASED).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" +", -1))
                .forEach(line ->
                        assertThat(now)
                                .as("a released migration is never changed: write a new one")
                                .containsEntry(line[1], line[0]));
    }

    @Test
    void eachAfterTheFirstSaysWhichProgramsGoOnWithItAndStopsNone() throws IOException {
        for (var file : files().entrySet()) {
            if (file.getKey() > 1) {
                assertThat(file.getValue().getFileName().toString())
                        .matches("V[0-9]+__[a-z0-9_]+_since_[0-9]+\\.sql");
                assertThat(StopsNodes.in(Files.readString(file.getValue())))
                        .as(file.getValue().toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void theirNumbersAreWithoutGaps() throws IOException {
        var numbers = List.copyOf(files().keySet());
        for (var i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i + 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create index email_x on email (x); | create index without concurrently",
                "CREATE UNIQUE INDEX x ON email (x); | create index without concurrently",
                "alter table email alter column subject type varchar(10); | a column's type",
                "alter table email add column x text not null; | not null without a default",
                "alter table email add check (x > 1); | a constraint without not valid",
                "alter table email add constraint c foreign key (x) references y; | a constraint without not valid",
                "alter table email alter column x set not null; | set not null",
                "lock table email; | lock table",
                "vacuum full email; | vacuum full",
                "update email set x = 1; | all rows at once",
                "delete from email; | all rows at once",
                "drop index email_due; | drop index without concurrently"
            })
    void whatStopsRunningNodesIsSeen(String statement, String why) {
        assertThat(StopsNodes.in(statement)).singleElement().asString().startsWith(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create index concurrently email_x on email (x);",
                "create table note (id uuid primary key, x int not null check (x > 1)); create index n on note (x);",
                "alter table email add column x text;",
                "alter table email add column x int not null default 1;",
                "alter table email add constraint c check (x > 1) not valid;",
                "alter table email validate constraint c;",
                "update email set x = 1 where id = '0';",
                "-- create index x on email (x);",
                "drop index concurrently email_due;"
            })
    void whatRunsBesideThemIsAllowed(String statements) {
        assertThat(StopsNodes.in(statements)).isEmpty();
    }

    private static Map<Integer, Path> files() throws IOException {
        try (var files = Files.list(MIGRATIONS)) {
            var found = new TreeMap<Integer, Path>();
            files.forEach(file ->
                    found.put(
                            Integer.valueOf(
                                    file.getFileName().toString().replaceAll("V(\\d+)__.*", "$1")),
                            file));
            return found;
        }
    }

    private static Map<String, String> checksums() throws IOException {
        var checksums = new HashMap<String, String>();
        for (var file : files().values()) {
            checksums.put(file.getFileName().toString(), sha256(Files.readString(file)));
        }
        return checksums;
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
