package dev.postrider.bench.smtp;

import dev.postrider.testkit.authority.PrivateAuthority;
import javax.net.ssl.SSLContext;

/**
 * A sink to send to.
 *
 * @param starttls whether TLS is used
 * @param authority the sink's private authority as PEM text
 */
record Target(String host, int port, boolean starttls, String authority) {

    SSLContext trusting() {
        return PrivateAuthority.trusting(authority);
    }
}
