package dev.postrider.architecture.twin.mime;

import java.nio.file.Path;

/** A composer that reads files. */
record OpensFiles(Path path) {}
