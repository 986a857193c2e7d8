package dev.postrider.mime.encoding;

import java.io.InputStream;

/** How octets travel in lines of 7-bit characters (RFC 2045 section 6). */
public enum TransferEncoding {
    SEVEN_BIT("7bit"),
    /** As they are, whatever the message says: 8bit, binary, or an encoding that nobody knows. */
    EIGHT_BIT("8bit"),
    QUOTED_PRINTABLE("quoted-printable"),
    BASE64("base64");

    private final String token;

    TransferEncoding(String token) {
        this.token = token;
    }

    /** The encoding that a Content-Transfer-Encoding says, or {@link #EIGHT_BIT}. */
    public static TransferEncoding of(String written) {
        String token = written.strip();
        for (TransferEncoding encoding : values()) {
            if (encoding.token.equalsIgnoreCase(token)) {
                return encoding;
            }
        }
        return EIGHT_BIT;
    }

    public String token() {
        return token;
    }

    public TransferDecoder decoder() {
        return switch (this) {
            case SEVEN_BIT, EIGHT_BIT -> TransferDecoder.NONE;
            case QUOTED_PRINTABLE -> new QuotedPrintableDecoder();
            case BASE64 -> new Base64Decoder();
        };
    }

    /** Decodes a stream while it is read; what is malformed in it is passed over. */
    public InputStream decode(InputStream encoded) {
        return new DecodedStream(encoded, decoder());
    }
}
