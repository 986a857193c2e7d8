package dev.postrider.smtp.message;

import dev.postrider.smtp.send.SendOptions;

/**
 * An envelope and its content. Identity is by reference: the hooks of {@link SendOptions} get this
 * very object.
 */
public record Message(Envelope envelope, Content content) {}
