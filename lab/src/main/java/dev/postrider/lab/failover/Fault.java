package dev.postrider.lab.failover;

import java.util.Arrays;
import java.util.List;

/** What happens to the database, while all of the load goes on. */
enum Fault {
    /** SIGKILL for all on the primary's machine; it comes back when another has taken over. */
    KILL_PRIMARY,
    /**
     * SIGSTOP for all of them, as if the network were cut: no connection ends. When another has
     * taken over, the old server goes on, and its Patroni some seconds later.
     */
    STOP_PRIMARY,
    /** A planned switchover. */
    SWITCH_OVER,
    /** SIGKILL for all on the standby's machine, which is away for a while. */
    KILL_STANDBY,
    /** SIGSTOP for all of them: commits wait for a standby whose connection stands. */
    STOP_STANDBY,
    /** SIGKILL for PgBouncer, and a new start some seconds later. */
    KILL_POOLER,
    /** The primary and one of the nodes die in the same moment. */
    KILL_PRIMARY_AND_NODE;

    /** Those that can happen on this route, of these; of all when none is named. */
    static List<Fault> on(Route route, List<String> names) {
        return Arrays.stream(values())
                .filter(fault -> names.isEmpty() || names.contains(fault.name()))
                .filter(fault -> fault != KILL_POOLER || route.hasPooler())
                .toList();
    }
}
