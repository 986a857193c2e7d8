package dev.postrider.architecture.twin.postgres.embedded;

/** What only those who start a server may know. */
public record Starts() {}
