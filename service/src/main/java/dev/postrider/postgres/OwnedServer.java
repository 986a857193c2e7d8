package dev.postrider.postgres;

/** A PostgreSQL of this program's own, which runs until it is closed. */
public interface OwnedServer extends AutoCloseable {
    DatabaseUrl url();

    @Override
    void close();
}
