package dev.postrider.postgres.embedded;

import dev.postrider.postgres.DatabaseUnusable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs of one PostgreSQL.
 *
 * @param folder has {@code initdb} and {@code pg_ctl}
 * @param version the major one
 */
record ServerPrograms(Path folder, int version) {
    /**
     * Where distributions keep a server of each version: Debian and its kin, PGDG for Red Hat's.
     */
    private static final List<String> PLACES =
            List.of("/usr/lib/postgresql/%d/bin", "/usr/pgsql-%d/bin");

    private static final int OLDEST = 15;
    private static final int NEWEST = 18;

    /**
     * Those that serve the folder's data, or are to make it. Data is served by programs of its own
     * major version and no other.
     */
    static ServerPrograms choose(ServerFiles files, ServerChoice choice) {
        return choose(files, choice, installed());
    }

    static ServerPrograms choose(
            ServerFiles files, ServerChoice choice, List<ServerPrograms> installed) {
        var made = files.version();
        var fitting =
                installed.stream()
                        .filter(programs -> made.isEmpty() || made.get() == programs.version())
                        .max(Comparator.comparingInt(ServerPrograms::version));
        if (choice != ServerChoice.BUNDLED && fitting.isPresent()) {
            return fitting.get();
        }
        if (choice == ServerChoice.INSTALLED) {
            throw new DatabaseUnusable(
                    "POSTRIDER_POSTGRES is installed, and no PostgreSQL "
                            + made.map(String::valueOf).orElse(OLDEST + " to " + NEWEST)
                            + " is: install the distribution's package, or unset"
                            + " POSTRIDER_POSTGRES.");
        }
        if (made.isPresent() && made.get() != BundledPrograms.VERSION) {
            throw new DatabaseUnusable(
                    "The data in "
                            + files.data()
                            + " was made by PostgreSQL "
                            + made.get()
                            + ", and Postrider brings "
                            + BundledPrograms.VERSION
                            + ": install the distribution's package of PostgreSQL "
                            + made.get()
                            + (choice == ServerChoice.AUTO
                                    ? "."
                                    : ", and unset POSTRIDER_POSTGRES."));
        }
        return new ServerPrograms(
                BundledPrograms.unpack(files.binaries()).resolve("bin"), BundledPrograms.VERSION);
    }

    static List<ServerPrograms> installed() {
        return Stream.iterate(NEWEST, version -> version >= OLDEST, version -> version - 1)
                .flatMap(version ->
                        PLACES.stream()
                                .map(place ->
                                        new ServerPrograms(
                                                Path.of(place.formatted(version)), version)))
                .filter(programs ->
                        Stream.of("initdb", "pg_ctl", "postgres")
                                .allMatch(name ->
                                        Files.isExecutable(programs.folder().resolve(name))))
                .toList();
    }

    Path program(String name) {
        return folder.resolve(name);
    }

    /** The major version that made a data folder. */
    static Optional<Integer> of(Path data) {
        try {
            var file = data.resolve("PG_VERSION");
            return Files.exists(file)
                    ? Optional.of(Integer.parseInt(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
