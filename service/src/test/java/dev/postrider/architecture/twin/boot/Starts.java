package dev.postrider.architecture.twin.boot;

/** What only boot may know. */
public record Starts() {}
