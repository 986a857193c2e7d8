package dev.postrider.postgres;

import dev.postrider.postgres.connection.DatabaseUrl;

/** A PostgreSQL of this program's own, which runs until it is closed. */
public interface OwnedServer extends AutoCloseable {
    DatabaseUrl url();

    @Override
    void close();
}
