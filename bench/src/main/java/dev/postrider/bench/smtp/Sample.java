package dev.postrider.bench.smtp;

import java.nio.charset.StandardCharsets;

/**
 * The message that everybody sends: 2 KB of text with a few headers, without a line that begins
 * with a dot.
 */
final class Sample {
    static final String FROM = "sender@example.com";
    static final String TO = "recipient@example.com";
    static final String SUBJECT = "An invoice";
    static final String TEXT = ("x".repeat(70) + "\r\n").repeat(25);

    private Sample() {}

    static byte[] message() {
        String headers =
                """
                From: sender@example.com
                To: recipient@example.com
                Subject: An invoice
                Date: Sun, 22 Nov 2026 12:00:00 +0000
                Message-ID: <0123456789@example.com>
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit

                """
                        .replace("\n", "\r\n");
        return (headers + TEXT).getBytes(StandardCharsets.US_ASCII);
    }
}
