package dev.postrider.transport.smtp.discovery;

import dev.postrider.transport.smtp.SmtpServer;

/**
 * A provider's submission server.
 *
 * @param provider the provider's name, for people
 * @param note what its users should know about the login, a sentence or two
 */
public record KnownServer(String provider, SmtpServer server, String note) {}
