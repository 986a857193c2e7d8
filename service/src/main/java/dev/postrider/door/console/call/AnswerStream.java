package dev.postrider.door.console.call;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, read as it comes: no more of it is held than some pieces. Made on the
 * thread of its connection, before anything can have come; read by one thread.
 */
final class AnswerStream extends InputStream {
    private static final int AHEAD = 8;
    private static final long PATIENCE_SECONDS = 60;

    private sealed interface Piece {
        record Octets(Buffer buffer) implements Piece {}

        record End() implements Piece {}

        record Broken(Throwable cause) implements Piece {}
    }

    private final HttpClientResponse response;
    private final Context context;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();

    private Piece current = new Piece.Octets(Buffer.buffer());
    private int at;

    private AnswerStream(HttpClientResponse response, Context context) {
        this.response = response;
        this.context = context;
    }

    static AnswerStream of(HttpClientResponse response, Context context) {
        var stream = new AnswerStream(response, context);
        response.pause();
        response.handler(buffer -> stream.pieces.add(new Piece.Octets(buffer)));
        response.endHandler(_ -> stream.pieces.add(new Piece.End()));
        response.exceptionHandler(cause -> stream.pieces.add(new Piece.Broken(cause)));
        response.fetch(AHEAD);
        return stream;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            switch (current) {
                case Piece.End _ -> {
                    return -1;
                }
                case Piece.Broken(var cause) ->
                        throw new IOException("the answer broke off", cause);
                case Piece.Octets(var buffer) when at < buffer.length() -> {
                    var count = Math.min(length, buffer.length() - at);
                    buffer.getBytes(at, at + count, into, offset);
                    at += count;
                    return count;
                }
                case Piece.Octets _ -> next();
            }
        }
    }

    private void next() throws IOException {
        try {
            var piece = pieces.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (piece == null) {
                throw new IOException("the answer stalls");
            }
            current = piece;
            at = 0;
            context.runOnContext(_ -> response.fetch(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Whoever has read enough takes no more. */
    @Override
    public void close() {
        if (!(current instanceof Piece.End)) {
            context.runOnContext(_ -> response.request().reset());
        }
    }
}
