package dev.postrider.mailbox;

import java.util.Optional;

/** A mailbox's own limits; empty: its provider's. */
public record SendingOverrides(
        Optional<Integer> messagesPerMinute,
        Optional<Integer> messagesPerDay,
        Optional<Integer> recipientsPerDay,
        Optional<Integer> connections) {}
