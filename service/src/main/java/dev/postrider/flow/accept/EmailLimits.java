package dev.postrider.flow.accept;

import java.time.Duration;

/** How much an email may have. */
public final class EmailLimits {
    /** Emails of one request. */
    public static final int BATCH = 100;

    /** Of each of to, cc and bcc. */
    public static final int RECIPIENTS = 50;

    /** Of the envelope of a raw message. */
    public static final int RAW_RECIPIENTS = 3 * RECIPIENTS;

    public static final int REPLY_TO = 25;
    public static final int HEADERS = 100;
    public static final int REFERENCES = 1_000;
    public static final int ATTACHMENTS = 100;
    public static final int TAGS = 50;

    /** Characters of a tag's name, and of its value. */
    public static final int TAG = 256;

    /** Characters of the HTML, and of the text. */
    public static final int TEXT = 5 * 1024 * 1024;

    /** Octets of a message as it is sent, its attachments in base64. */
    public static final int MESSAGE = 40 * 1024 * 1024;

    /** How far ahead an email may be scheduled. */
    public static final Duration AHEAD = Duration.ofDays(365);

    /** URLs that one request has files fetched from. */
    public static final int URLS = 25;

    private EmailLimits() {}
}
