package dev.postrider.testkit.sink;

/**
 * How a {@link Sink} answers. Called on the connection's thread, so it may block to be slow. Each
 * method returns the reply's line, or {@link #HANG_UP}.
 */
public interface Behaviour {

    /** Closes the connection instead of a reply. */
    String HANG_UP = "";

    /** Takes everything. */
    Behaviour WILLING = new Behaviour() {};

    /**
     * The greeting.
     *
     * @param open how many connections stand, this one among them
     */
    default String greeting(long open) {
        return "220 sink.test ESMTP";
    }

    /**
     * The connection is encrypted.
     *
     * @param resumed whether by the TLS session of an earlier connection
     */
    default void encrypted(boolean resumed) {}

    default String mail(String sender) {
        return "250 2.1.0 Ok";
    }

    default String recipient(String address) {
        return "250 2.1.5 Ok";
    }

    /** Whether it waits for the content, or hangs up at the first line of it. */
    default boolean waitsForContent() {
        return true;
    }

    /**
     * The message has arrived whole; it counts as taken if the reply is positive or this hangs up.
     */
    default String message(SunkMessage message) {
        return "250 2.0.0 Ok";
    }

    /** Whether the connection goes on when the reply to a message has been sent. */
    default boolean goesOn() {
        return true;
    }
}
