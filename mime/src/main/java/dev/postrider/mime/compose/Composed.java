package dev.postrider.mime.compose;

import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.encoding.SourceChain;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * A message as it is sent: header and body with CRLF line ends, not dot-stuffed. Small parts are
 * held in memory; attachments are encoded while they are read, so that their encoded form never is.
 */
public final class Composed implements Composition, Source {
    private final List<Source> pieces;
    private final long size;
    private final boolean needsEightBit;
    private final boolean needsSmtpUtf8;

    public Composed(List<Source> pieces, boolean needsEightBit, boolean needsSmtpUtf8) {
        this.pieces = List.copyOf(pieces);
        this.size = pieces.stream().mapToLong(Source::size).sum();
        this.needsEightBit = needsEightBit;
        this.needsSmtpUtf8 = needsSmtpUtf8;
    }

    /** The message's exact size in octets, as {@code SIZE=} (RFC 1870) wants it. */
    @Override
    public long size() {
        return size;
    }

    /**
     * Whether the header holds octets over 127, so that the server must know SMTPUTF8 (RFC 6531).
     */
    public boolean needsSmtpUtf8() {
        return needsSmtpUtf8;
    }

    /** Whether any octet is over 127, so that the server must know 8BITMIME (RFC 6152). */
    public boolean needsEightBit() {
        return needsEightBit;
    }

    /** A stream of the message that opens the attachments' sources one after another. */
    @Override
    public InputStream open() {
        return new SourceChain(pieces);
    }

    /** Writes the message; {@code out} is neither flushed nor closed. */
    public void writeTo(OutputStream out) throws IOException {
        for (Source piece : pieces) {
            try (InputStream in = piece.open()) {
                in.transferTo(out);
            }
        }
    }

    /** The message in one array, for those that fit. */
    public byte[] toBytes() throws IOException {
        byte[] octets = new byte[Math.toIntExact(size)];
        int at = 0;
        for (Source piece : pieces) {
            try (InputStream in = piece.open()) {
                at += in.readNBytes(octets, at, Math.toIntExact(piece.size()));
            }
        }
        return octets;
    }
}
