package dev.postrider.transport.smtp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the connection to a mailbox's server is protected (RFC 8314). */
public enum TlsMode {
    STARTTLS(587),
    IMPLICIT(465),
    NONE(25);

    private final int usualPort;

    TlsMode(int usualPort) {
        this.usualPort = usualPort;
    }

    int usualPort() {
        return usualPort;
    }

    /** What most likely protects a port of which nothing else is known. */
    static TlsMode usualAt(int port) {
        return port == 465 || port == 2465 ? IMPLICIT : STARTTLS;
    }

    /** As it stands in requests, answers and the database: {@code starttls}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TlsMode> parse(String text) {
        return Arrays.stream(values()).filter(tls -> tls.text().equals(text)).findFirst();
    }
}
