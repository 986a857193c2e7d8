package dev.postrider.architecture.twin.email;

import java.nio.file.Path;

/** A noun that does I/O. */
record ReadsFiles(Path path) {}
