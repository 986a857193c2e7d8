package dev.postrider.email;

import java.util.Optional;

/**
 * What a provider calls an email that it has taken, in its own API.
 *
 * @param message the message's id
 * @param thread that of its conversation
 */
public record ProviderIds(String message, Optional<String> thread) {}
