package dev.postrider.identity.user;

import java.util.Optional;

/**
 * How somebody of a workspace is called.
 *
 * @param email what they log in with; empty for an application's own user
 * @param externalId what an application calls them
 */
public record UserNames(Optional<String> email, Optional<String> externalId) {}
