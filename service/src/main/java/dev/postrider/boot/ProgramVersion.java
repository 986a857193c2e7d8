package dev.postrider.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * Which program this is, as the build wrote it down.
 *
 * @param version the release, from the root pom
 * @param commit of the repository it was built from; empty when it was built without one
 * @param postgresql the PostgreSQL that it brings
 */
public record ProgramVersion(String version, String commit, String postgresql) {
    public static ProgramVersion read() {
        var properties = new Properties();
        try (var in = ProgramVersion.class.getResourceAsStream("version.properties")) {
            properties.load(Objects.requireNonNull(in, "the build left out version.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProgramVersion(
                properties.getProperty("version"),
                properties.getProperty("commit"),
                properties.getProperty("postgresql"));
    }

    /** For people, some lines. */
    public String describe() {
        return "Postrider "
                + version
                + (commit.isEmpty() ? "" : " (" + commit + ")")
                + "\nJava "
                + Runtime.version()
                + ", "
                + System.getProperty("java.vendor")
                + "\nPostgreSQL "
                + postgresql
                + " bundled";
    }
}
