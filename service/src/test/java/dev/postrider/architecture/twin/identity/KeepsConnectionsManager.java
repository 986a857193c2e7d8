package dev.postrider.architecture.twin.identity;

import java.sql.Connection;

/** A connection away from home, in a thread local, under a name that says nothing. */
record KeepsConnectionsManager(Connection connection, ThreadLocal<String> user) {}
