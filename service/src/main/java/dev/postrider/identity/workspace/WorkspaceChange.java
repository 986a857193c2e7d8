package dev.postrider.identity.workspace;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a workspace is to become; what is empty stays.
 *
 * @param notificationMailbox empty within: none
 */
public record WorkspaceChange(
        Optional<String> name,
        Optional<List<ReturnUrl>> returnUrls,
        Optional<Optional<UUID>> notificationMailbox,
        Optional<Language> language) {}
