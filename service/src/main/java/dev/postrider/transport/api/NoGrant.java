package dev.postrider.transport.api;

import dev.postrider.email.Outcome;
import dev.postrider.transport.Connections;

/** A mailbox that nobody's consent stands behind, or whose app the operator has taken away. */
record NoGrant(MailApi api) implements Connections {
    static String problem(MailApi api) {
        return "The mailbox isn't connected with "
                + api.title()
                + " any more, or the operator's app is gone: connect it again.";
    }

    @Override
    public Connecting connect(boolean patient) {
        return new Connecting.Failed(new Outcome.LoginRefused("not_connected", problem(api)));
    }

    @Override
    public int limit() {
        return 1;
    }

    @Override
    public void close() {}
}
