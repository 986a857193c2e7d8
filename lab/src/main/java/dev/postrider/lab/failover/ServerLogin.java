package dev.postrider.lab.failover;

import java.util.UUID;

/**
 * Who logs in to the servers.
 *
 * @param password everybody's
 */
record ServerLogin(String password) {
    static final String SUPERUSER = "postgres";
    static final String REPLICATION = "replication";
    static final String PROGRAM = "rider";
    static final String DATABASE = "postrider";

    static ServerLogin any() {
        return new ServerLogin(UUID.randomUUID().toString());
    }
}
