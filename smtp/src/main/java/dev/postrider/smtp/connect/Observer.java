package dev.postrider.smtp.connect;

import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.server.Session;

/**
 * Told what happens on connections, for logs and counters. Called on the connection's thread; must
 * not throw.
 */
public interface Observer {

    Observer NONE = new Observer() {};

    default void opened(Session session) {}

    default void failed(Server server, Opening.Failed failed) {}

    /**
     * A connection ended.
     *
     * @param reason in a few words, without secrets
     */
    default void closed(Session session, String reason) {}
}
