package dev.postrider.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * Takes an answer's body as it comes.
 *
 * @param <T> what it makes of it
 */
@FunctionalInterface
public interface BodySink<T> {
    /** Doesn't look at the body: only the status matters. */
    BodySink<Boolean> NONE = (_, _) -> true;

    /** All of it in memory: for small documents, with a bound that says so. */
    BodySink<byte[]> OCTETS = (body, _) -> body.readAllBytes();

    /**
     * @param body decoded, and bounded as the call says; need not be read to its end
     * @param length what the server says, when that is the length of what comes here
     */
    T take(InputStream body, OptionalLong length) throws IOException, InterruptedException;
}
