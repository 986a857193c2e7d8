package dev.postrider.flow.store.lane;

import java.time.Instant;

/** What a mailbox sent in one minute. */
public record MinuteUsage(Instant minute, int messages, int recipients) {}
