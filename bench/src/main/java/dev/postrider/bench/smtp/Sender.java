package dev.postrider.bench.smtp;

import java.time.Duration;

/** A contender's open connections. */
interface Sender extends AutoCloseable {

    /**
     * Sends over all connections at once until the time is over; returns how many messages the sink
     * took.
     */
    long send(Duration time) throws Exception;

    @Override
    void close() throws Exception;
}
