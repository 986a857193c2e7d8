package dev.postrider.mime.compose;

import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.encoding.SourceChain;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A message as it is sent: header and body with CRLF line ends, not dot-stuffed. Small parts are
 * held in memory; attachments are encoded while they are read, so that their encoded form never is.
 *
 * @param pieces its octets, one piece after another
 * @param needsEightBit whether any octet is over 127, so that the server must know 8BITMIME (RFC
 *     6152)
 * @param needsSmtpUtf8 whether the header holds octets over 127, so that the server must know
 *     SMTPUTF8 (RFC 6531)
 */
public record Composed(List<Source> pieces, boolean needsEightBit, boolean needsSmtpUtf8)
        implements Composition, Source {
    public Composed {
        pieces = List.copyOf(pieces);
    }

    /** The message's exact size in octets, as {@code SIZE=} (RFC 1870) wants it. */
    @Override
    public long size() {
        return pieces.stream().mapToLong(Source::size).sum();
    }

    /** A stream of the message that opens the attachments' sources one after another. */
    @Override
    public InputStream open() {
        return new SourceChain(pieces);
    }

    /** The message in one array, for those that fit. */
    public byte[] toBytes() throws IOException {
        byte[] octets = new byte[Math.toIntExact(size())];
        int at = 0;
        for (Source piece : pieces) {
            try (InputStream in = piece.open()) {
                at += in.readNBytes(octets, at, Math.toIntExact(piece.size()));
            }
        }
        return octets;
    }
}
