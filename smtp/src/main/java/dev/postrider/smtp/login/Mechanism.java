package dev.postrider.smtp.login;

import dev.postrider.smtp.reply.BrokenProtocol;

/** One login by SASL (RFC 4422), from its first answer to its end. Used once. */
public interface Mechanism {

    String name();

    /** What must not be seen anywhere, even if the server repeats it. */
    String secret();

    /** Whether the client speaks first. */
    boolean clientFirst();

    /** Whether the answers depend on what the server says. */
    default boolean readsChallenges() {
        return false;
    }

    /**
     * The client's next word.
     *
     * @param challenge what the server said, empty where the client speaks first
     * @throws BrokenProtocol if the challenge makes no sense
     */
    byte[] answer(byte[] challenge) throws BrokenProtocol;

    /**
     * The server says that the login succeeded.
     *
     * @throws BrokenProtocol if it can't have, because it hasn't shown that it knows the password
     */
    default void succeeded() throws BrokenProtocol {}
}
