package dev.postrider.machine;

/**
 * What is thrown while something outside is away and will come back, like a database that restarts.
 * A loop says so once, and again when it is over, however often it tries meanwhile.
 */
public interface Outage {}
