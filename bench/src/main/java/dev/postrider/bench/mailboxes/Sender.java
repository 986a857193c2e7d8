package dev.postrider.bench.mailboxes;

import java.io.IOException;
import java.util.Map;

/** Who sends, each email through another mailbox. */
public interface Sender {
    String name();

    /**
     * Sends emails.
     *
     * @param first number of the first one, the others follow
     * @param rate how many a second; 0 for all at once
     * @return when each began, by its number
     */
    Map<Integer, Long> send(int first, int count, int rate)
            throws IOException, InterruptedException;

    /** Microseconds of its processor time until now. */
    double micros() throws IOException;

    /** The same of its database. */
    double databaseMicros() throws IOException;

    /** What it holds in memory once what nobody refers to is collected. */
    Footprint memory() throws IOException, InterruptedException;

    /**
     * Memory that is held.
     *
     * @param heap octets
     * @param resident MB, of its process
     */
    record Footprint(double heap, double resident) {}
}
