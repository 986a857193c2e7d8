package dev.postrider.transport.graph.draft;

import dev.postrider.mime.read.MessagePart;
import dev.postrider.outbound.RequestBody;
import dev.postrider.transport.api.message.ApiMessage;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** JSON in which files stand in base64: they are read while it leaves. */
final class JsonWithFiles implements RequestBody {
    private final ApiMessage message;
    private final List<Piece> pieces = new ArrayList<>();
    private long length;

    JsonWithFiles(ApiMessage message) {
        this.message = message;
    }

    private sealed interface Piece {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Text(byte[] octets) implements Piece {}

        record File(MessagePart part) implements Piece {}
    }

    JsonWithFiles text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    JsonWithFiles text(byte[] octets) {
        pieces.add(new Piece.Text(octets));
        length += octets.length;
        return this;
    }

    JsonWithFiles file(MessagePart part) {
        pieces.add(new Piece.File(part));
        length += base64(part.size());
        return this;
    }

    static long base64(long octets) {
        return (octets + 2) / 3 * 4;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        for (var piece : pieces) {
            switch (piece) {
                case Piece.Text(var octets) -> out.write(octets);
                case Piece.File(var part) -> write(part, out);
            }
        }
    }

    /** The encoder writes its last characters when it is closed. */
    private void write(MessagePart part, OutputStream out) throws IOException {
        try (var octets = new FileOctets(message, part);
                var encoding = Base64.getEncoder().wrap(new Open(out))) {
            octets.write(0, part.size(), encoding);
        }
    }

    /** Passes all on but the end. */
    private static final class Open extends FilterOutputStream {
        private Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
        }

        @Override
        public void close() {}
    }
}
