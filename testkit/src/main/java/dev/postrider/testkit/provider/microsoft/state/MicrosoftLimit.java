package dev.postrider.testkit.provider.microsoft.state;

import dev.postrider.testkit.provider.Limits;

/** Microsoft's numbers. */
public enum MicrosoftLimit implements Limits.Limit {
    /** Of a request's body: "4 MB". */
    REQUEST_OCTETS(4 * 1024 * 1024),
    /** Of a message with its attachments: the mailbox's own limit. */
    MESSAGE_OCTETS(35 * 1024 * 1024),
    /** Octets of a file by an upload session. */
    UPLOAD_OCTETS(150 * 1024 * 1024),
    /** Calls at once, of an app and a mailbox. */
    CONCURRENT(4),
    /** How long a send takes, in real time, while it counts as one of those at once. */
    SEND_MILLIS(0),
    /** Of an app and a mailbox. */
    REQUESTS_IN_TEN_MINUTES(10_000),
    MESSAGES_A_MINUTE(30),
    RECIPIENTS_A_DAY(10_000),
    /** Until an accepted message is in Sent Items. */
    SENT_AFTER_SECONDS(2),
    /** Until a report about a bad recipient is in the Inbox. */
    REPORT_AFTER_SECONDS(5),
    ACCESS_TOKEN_SECONDS(3_899),
    CODE_SECONDS(600),
    REFRESH_TOKEN_DAYS(90);

    private final long byDefault;

    MicrosoftLimit(long byDefault) {
        this.byDefault = byDefault;
    }

    @Override
    public long byDefault() {
        return byDefault;
    }
}
