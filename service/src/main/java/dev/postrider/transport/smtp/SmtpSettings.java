package dev.postrider.transport.smtp;

import java.util.List;
import java.util.Optional;

/**
 * How a mailbox reaches its submission server, without its password.
 *
 * @param username empty logs in nowhere
 * @param disregard what the server announces and gets wrong: an EHLO keyword, or {@code AUTH} and a
 *     mechanism; in upper case
 */
record SmtpSettings(SmtpServer server, Optional<String> username, List<String> disregard) {
    SmtpSettings {
        disregard = List.copyOf(disregard);
    }

    /** Whether these lead a password to the same place, in the same name, as others. */
    boolean reaches(SmtpSettings others) {
        return server.equals(others.server) && username.equals(others.username);
    }
}
