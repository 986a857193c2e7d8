package dev.postrider.lab.failover;

import dev.postrider.lab.crash.Node;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes a fault, and mends it: afterwards all servers are there again, whoever is the primary. */
final class MakeFault {
    private static final int LONGEST_BELIEF_MILLIS = 8_000;
    private static final int LONGEST_ABSENCE_MILLIS = 30_000;
    private static final int LONGEST_PAUSE_MILLIS = 5_000;

    private final PatroniCluster cluster;
    private final Proxies proxies;
    private final List<Node> nodes;
    private final RandomGenerator random;

    MakeFault(PatroniCluster cluster, Proxies proxies, List<Node> nodes, RandomGenerator random) {
        this.cluster = cluster;
        this.proxies = proxies;
        this.nodes = nodes;
        this.random = random;
    }

    /** Returns whether all servers came back in time. */
    boolean make(Fault fault) throws IOException, InterruptedException {
        switch (fault) {
            case KILL_PRIMARY -> {
                var old = cluster.primary();
                old.kill();
                cluster.awaitTakeover(old);
                waitUpTo(LONGEST_PAUSE_MILLIS);
                old.restart();
            }
            case STOP_PRIMARY -> {
                var old = cluster.primary();
                old.stop();
                cluster.awaitTakeover(old);
                waitUpTo(LONGEST_PAUSE_MILLIS);
                old.goOnWithoutPatroni();
                waitUpTo(LONGEST_BELIEF_MILLIS);
                old.goOn();
            }
            case SWITCH_OVER -> {
                var old = cluster.primary();
                cluster.switchOver();
                cluster.awaitTakeover(old);
            }
            case KILL_STANDBY -> {
                var standby = cluster.synchronousStandby();
                standby.kill();
                waitUpTo(LONGEST_ABSENCE_MILLIS);
                standby.restart();
            }
            case STOP_STANDBY -> {
                var standby = cluster.synchronousStandby();
                standby.stop();
                waitUpTo(LONGEST_ABSENCE_MILLIS);
                standby.goOn();
            }
            case KILL_POOLER -> {
                proxies.killPooler();
                waitUpTo(LONGEST_PAUSE_MILLIS);
                proxies.restartPooler();
            }
            case KILL_PRIMARY_AND_NODE -> {
                var old = cluster.primary();
                var node = nodes.get(random.nextInt(nodes.size()));
                old.kill();
                node.kill();
                cluster.awaitTakeover(old);
                node.restart();
                old.restart();
            }
        }
        return cluster.awaitWhole();
    }

    private void waitUpTo(int millis) throws InterruptedException {
        Thread.sleep(millis / 4 + random.nextInt(millis - millis / 4));
    }
}
