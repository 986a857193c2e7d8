package dev.postrider.transport.smtp;

import dev.postrider.email.Outcome;
import dev.postrider.transport.Connections;

/**
 * Connections whose login is a token: one that the server refuses is renewed, and the login tried
 * once more.
 */
record TokenConnections(TokenLogin login, SmtpConnections connections) implements Connections {
    @Override
    public Connecting connect(boolean patient) {
        var none = login.begin();
        if (none.isPresent()) {
            return new Connecting.Failed(none.get());
        }
        var first = connections.connect(patient);
        if (!(first instanceof Connecting.Failed(var outcome))
                || !(outcome instanceof Outcome.LoginRefused)) {
            return first;
        }
        var missing = login.renew();
        if (missing.isPresent()) {
            return new Connecting.Failed(missing.get());
        }
        connections.loginRenewed();
        return connections.connect(patient);
    }

    @Override
    public int limit() {
        return connections.limit();
    }

    @Override
    public void close() {
        connections.close();
    }
}
