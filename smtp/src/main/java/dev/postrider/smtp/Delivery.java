package dev.postrider.smtp;

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

    static Delivery of(Wire wire, Batch batch, Capabilities capabilities) {
        boolean pipelining = capabilities.has("PIPELINING");
        var opener = new TransactionOpener(wire, batch, capabilities);
        return pipelining && capabilities.has("CHUNKING")
                ? new ChunkedDelivery(wire, batch, opener)
                : new DataDelivery(wire, batch, opener, pipelining);
    }
}
