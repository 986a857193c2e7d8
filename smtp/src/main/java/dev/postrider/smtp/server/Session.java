package dev.postrider.smtp.server;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an open connection.
 *
 * @param address the address that was connected to
 * @param tls null without TLS
 * @param mechanism the login mechanism that was used, null without a login
 */
public record Session(
        Server server,
        InetAddress address,
        Capabilities capabilities,
        @Nullable TlsDetails tls,
        @Nullable String mechanism) {}
