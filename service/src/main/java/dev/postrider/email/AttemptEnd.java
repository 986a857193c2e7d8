package dev.postrider.email;

/**
 * How the attempt ended that a caller may wait for.
 *
 * @param isKept false when the email is gone: its login was refused
 * @param reason why it waits, or why it ended as it did
 * @param outcome as the database calls it
 */
public record AttemptEnd(boolean isKept, EmailState state, String reason, String outcome) {}
