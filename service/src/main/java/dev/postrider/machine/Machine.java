package dev.postrider.machine;

/** Something that runs by itself between the program's start and its stop. */
public interface Machine extends AutoCloseable {
    /** Begins; a machine that others make begin, by handing it work, has nothing to do here. */
    default void start() {}

    /** Begins nothing more, and returns when what was under way has ended. */
    @Override
    void close() throws InterruptedException;
}
