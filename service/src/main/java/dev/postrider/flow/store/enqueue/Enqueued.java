package dev.postrider.flow.store.enqueue;

import dev.postrider.email.LaneKey;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What became of emails that were inserted.
 *
 * @param lanes that were woken or are being served; emails of others are orphans, because their
 *     mailboxes have gone: {@link DeleteOrphans}
 * @param begun emails that are marked begun
 * @param refused emails of which nothing is kept, because their callers' {@link Standing} doesn't
 *     hold
 */
public record Enqueued(Set<LaneKey> lanes, Set<UUID> begun, Set<UUID> refused) {
    public static final Enqueued NOTHING = new Enqueued(Set.of(), Set.of(), Set.of());

    public Enqueued {
        lanes = Set.copyOf(lanes);
        begun = Set.copyOf(begun);
        refused = Set.copyOf(refused);
    }

    public boolean hasLanesOf(List<NewEmail> emails) {
        return emails.stream().allMatch(email -> lanes.contains(email.lane()));
    }

    public boolean isBegun(List<NewEmail> emails) {
        return emails.stream().anyMatch(email -> begun.contains(email.key().id()));
    }

    public boolean isRefused(List<NewEmail> emails) {
        return emails.stream().anyMatch(email -> refused.contains(email.key().id()));
    }
}
