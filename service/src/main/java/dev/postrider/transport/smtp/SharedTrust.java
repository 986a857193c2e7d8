package dev.postrider.transport.smtp;

import dev.postrider.smtp.server.Trust;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One {@link Trust} for all who give the same authority: with it they share the TLS sessions that
 * spare a handshake its certificates, by host and port, also from one round of a mailbox to the
 * next. Nobody learns another's secrets by that: a session proves the server's name to whoever
 * believes the same authority, and clients have no certificates. Safe for concurrent use.
 */
final class SharedTrust {
    /** More operators' own authorities than a program sees; of more those used last are kept. */
    private static final int MOST = 200;

    private final Map<String, Trust> recent =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Trust> eldest) {
                    return size() > MOST;
                }
            };

    /**
     * Who believes an authority.
     *
     * @param pem its certificate
     */
    synchronized Trust authority(String pem) {
        return recent.computeIfAbsent(pem, Trust::authority);
    }
}
