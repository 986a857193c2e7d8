package dev.postrider.postgres.embedded;

import java.nio.file.Path;

/** A data folder for tests, kept between runs so that its binaries are unpacked once. */
final class EmbeddedFolder {
    static final Path PATH = Path.of("target", "embedded").toAbsolutePath();

    private EmbeddedFolder() {}
}
