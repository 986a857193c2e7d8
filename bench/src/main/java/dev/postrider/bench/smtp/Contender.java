package dev.postrider.bench.smtp;

/**
 * A client library, as its documentation says to use it for many messages over connections that
 * stay open.
 */
interface Contender {

    String name();

    /** Connects so many times, and stays connected. */
    Sender connect(Target target, int connections) throws Exception;
}
