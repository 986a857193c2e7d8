package dev.postrider.flow.store.find;

import dev.postrider.page.Page;
import java.util.Optional;
import java.util.UUID;

/**
 * Which emails stand on a page.
 *
 * @param lookedUpTo where a search was given up for now, as a place in the list; empty when the
 *     page is whole
 */
public record FoundIds(Page.Items<UUID> items, Optional<UUID> lookedUpTo) {}
