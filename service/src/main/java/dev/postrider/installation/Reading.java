package dev.postrider.installation;

import dev.postrider.credential.grant.AppFaults;
import dev.postrider.flow.store.lane.LaneCounts;
import dev.postrider.postgres.DatabaseSize;
import dev.postrider.vault.SealedCounts;
import java.time.Instant;
import java.util.List;

/**
 * What the database says of an installation.
 *
 * @param at when it was read
 * @param faults of the operator's apps
 */
public record Reading(
        Instant at,
        LaneCounts lanes,
        List<SealedCounts> keys,
        DatabaseSize database,
        List<AppFaults.Fault> faults) {
    public Reading {
        keys = List.copyOf(keys);
        faults = List.copyOf(faults);
    }
}
