package dev.postrider.mailbox.health;

/**
 * How many mailboxes a workspace has, by how they are.
 *
 * @param resting of the active ones, those that send nothing for a while and go on by themselves
 */
public record WorkspaceMailboxes(long active, long held, long paused, long resting) {}
