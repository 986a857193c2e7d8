package dev.postrider.smtp.send;

import dev.postrider.smtp.server.Capabilities;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.wire.Wire;
import java.io.IOException;

/** A way to bring a batch to the server, chosen by what the server announces. */
sealed interface Delivery permits ChunkedDelivery, DataDelivery {

    /**
     * Until every message of the batch has its result.
     *
     * @throws IOException if the connection can't be used any more; the batch then has messages
     *     without a result
     */
    void run() throws IOException;

    /**
     * The fastest way that the server offers.
     *
     * @param rested whether the connection has been idle, so that the server may have left
     *     unnoticed
     */
    static Delivery of(Wire wire, Batch batch, Capabilities capabilities, boolean rested) {
        boolean pipelining = capabilities.has("PIPELINING");
        var opener = new TransactionOpener(wire, batch, capabilities);
        return pipelining && capabilities.has(Quirks.CHUNKING)
                ? new ChunkedDelivery(wire, batch, opener, rested)
                : new DataDelivery(wire, batch, opener, pipelining);
    }
}
