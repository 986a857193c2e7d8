package dev.postrider.architecture.twin.transport.pigeon;

/** A transport. */
public record Pigeon(String name) {}
