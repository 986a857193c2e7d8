package dev.postrider.mailbox;

/**
 * How many mailboxes may be connected.
 *
 * @param perWorkspace in one workspace, those that are held or paused too
 */
public record MailboxQuota(int perWorkspace) {
    public static final MailboxQuota STANDARD = new MailboxQuota(10_000);
}
