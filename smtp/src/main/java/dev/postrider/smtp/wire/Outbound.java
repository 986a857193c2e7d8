package dev.postrider.smtp.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Collects what is to be said, so that a group of commands leaves in one write. Owned by the
 * connection's thread.
 */
final class Outbound {
    private static final int CAPACITY = 16 * 1024;

    private final byte[] buffer = new byte[CAPACITY];
    private final Watchdog watchdog;
    private final Duration blockTimeout;
    private OutputStream out = OutputStream.nullOutputStream();
    private int filled;
    private long handedOver;

    Outbound(Watchdog watchdog, Duration blockTimeout) {
        this.watchdog = watchdog;
        this.blockTimeout = blockTimeout;
    }

    /** Goes on through another stream; what wasn't flushed is dropped. */
    void use(OutputStream next) {
        out = next;
        filled = 0;
    }

    long position() {
        return handedOver + filled;
    }

    /** How many of them may have left: those given to the network, even in a write that failed. */
    long handedOver() {
        return handedOver;
    }

    void put(byte octet) throws IOException {
        if (filled == CAPACITY) {
            flush();
        }
        buffer[filled++] = octet;
    }

    void put(String text) throws IOException {
        if (text.length() > CAPACITY - filled || !Syntax.isAscii(text)) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            put(encoded, 0, encoded.length);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            buffer[filled++] = (byte) text.charAt(i);
        }
    }

    void put(byte[] octets, int from, int length) throws IOException {
        if (length > CAPACITY - filled) {
            flush();
        }
        int next = from;
        int left = length;
        while (left > CAPACITY) {
            write(octets, next, CAPACITY);
            next += CAPACITY;
            left -= CAPACITY;
        }
        System.arraycopy(octets, next, buffer, filled, left);
        filled += left;
    }

    void flush() throws IOException {
        if (filled > 0) {
            int length = filled;
            filled = 0;
            write(buffer, 0, length);
        }
    }

    private void write(byte[] octets, int from, int length) throws IOException {
        watchdog.stage(blockTimeout);
        handedOver += length;
        out.write(octets, from, length);
    }
}
