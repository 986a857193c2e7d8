package dev.postrider.testkit.postfix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One message in one recipient's mailbox. */
public final class DeliveredMessage {

    /**
     * What Postfix puts before a message. Its Received field goes on in lines that begin with a
     * tab.
     */
    private static final Pattern TRACE =
            Pattern.compile(
                    """
                    Return-Path: <(?<sender>.*)>
                    X-Original-To: (?<recipient>.*)
                    Delivered-To: .*
                    (?<received>Received: .*
                    (?:\t.*
                    )*)\
                    """);

    private final byte[] bytes;
    private final Matcher trace;

    DeliveredMessage(byte[] bytes) {
        this.bytes = bytes;
        this.trace = TRACE.matcher(new String(bytes, ISO_8859_1));
        if (!trace.lookingAt()) {
            throw new IllegalArgumentException("not delivered by Postfix: " + text());
        }
    }

    /** The address as it was given in RCPT TO. */
    public String recipient() {
        return field("recipient");
    }

    /** The address as it was given in MAIL FROM; empty for a bounce. */
    public String sender() {
        return field("sender");
    }

    /** The server's own Received field: it names the login and the TLS version and cipher. */
    public String received() {
        return field("received");
    }

    /** The file as it was delivered: with Postfix's trace fields, and LF as line end. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** {@link #bytes()} as UTF-8. */
    public String text() {
        return new String(bytes, UTF_8);
    }

    /** What the client sent: without the trace fields, and CRLF as line end. */
    public byte[] asSent() {
        var delivered = new String(bytes, ISO_8859_1);
        return delivered.substring(trace.end()).replace("\n", "\r\n").getBytes(ISO_8859_1);
    }

    @Override
    public String toString() {
        return text();
    }

    private String field(String name) {
        return new String(trace.group(name).getBytes(ISO_8859_1), UTF_8);
    }
}
