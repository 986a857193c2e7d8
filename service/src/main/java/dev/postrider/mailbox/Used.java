package dev.postrider.mailbox;

/** What a mailbox has sent within the last 24 hours. */
public record Used(long messages, long recipients) {
    public static final Used NOTHING = new Used(0, 0);
}
