package dev.postrider.mime;

/** What {@link RawMessage#check} found: a message that can be sent, or what is wrong with it. */
public sealed interface RawCheck permits RawMessage, Flawed {}
