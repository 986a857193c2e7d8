package dev.postrider.mailbox;

/** What a mailbox has sent within the last 24 hours. */
public record DayUsage(long messages, long recipients) {
    public static final DayUsage NOTHING = new DayUsage(0, 0);
}
