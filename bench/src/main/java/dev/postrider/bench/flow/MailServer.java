package dev.postrider.bench.flow;

import dev.postrider.testkit.program.Api;
import java.io.IOException;

/** Where a scenario's mailboxes send to. */
interface MailServer extends AutoCloseable {
    /** Connects a mailbox that sends through it. */
    void connect(Api user, String address) throws IOException, InterruptedException;

    /** Microseconds of processor time until now. */
    double micros() throws IOException;

    @Override
    void close();
}
