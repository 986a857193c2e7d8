package dev.postrider.lab.crash;

import dev.postrider.testkit.program.OwnPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes trouble and mends it. */
final class MakeTrouble {
    static final int USUAL = 20;
    private static final int OFTEN = 300;
    private static final Duration UNTIL_MUCH_IS_UNDER_WAY = Duration.ofSeconds(3);
    private static final int LONGEST_STOP_MILLIS = 15_000;

    private final List<Node> nodes;
    private final OwnPostgres postgres;
    private final NaughtySink sink;
    private final Duration lease;
    private final RandomGenerator random;
    private final Map<Trouble, Integer> made = new EnumMap<>(Trouble.class);
    private final List<Period> orderly = new ArrayList<>();

    MakeTrouble(
            List<Node> nodes,
            OwnPostgres postgres,
            NaughtySink sink,
            Duration lease,
            RandomGenerator random) {
        this.nodes = nodes;
        this.postgres = postgres;
        this.sink = sink;
        this.lease = lease;
        this.random = random;
    }

    void make(Trouble trouble) throws IOException, InterruptedException {
        made.merge(trouble, 1, Integer::sum);
        var node = nodes.get(random.nextInt(nodes.size()));
        switch (trouble) {
            case KILL_NODE -> {
                node.kill();
                waitUpTo(4_000);
                node.restart();
            }
            case ROLLING_RESTART -> {
                sink.misbehavePerThousand(0);
                sink.slowDown(true);
                Thread.sleep(UNTIL_MUCH_IS_UNDER_WAY);
                var begin = Instant.now();
                for (var each : nodes) {
                    each.end();
                    each.restart();
                }
                orderly.add(new Period(begin, Instant.now()));
                sink.slowDown(false);
                sink.misbehavePerThousand(USUAL);
            }
            case STOP_NODE -> {
                // what it has under way, and was told, must be old news when it goes on
                sink.misbehavePerThousand(OFTEN);
                sink.slowDown(true);
                Thread.sleep(UNTIL_MUCH_IS_UNDER_WAY);
                node.pause();
                sink.slowDown(false);
                Thread.sleep(lease);
                waitUpTo(LONGEST_STOP_MILLIS);
                node.goOn();
                sink.misbehavePerThousand(USUAL);
            }
            case KILL_DATABASE -> {
                postgres.kill();
                waitUpTo(4_000);
                postgres.restart();
            }
            case CUT_CONNECTIONS -> {
                sink.misbehavePerThousand(OFTEN);
                waitUpTo(8_000);
                sink.misbehavePerThousand(USUAL);
            }
        }
    }

    /** A little peace between two troubles. */
    void waitUpTo(int millis) throws InterruptedException {
        Thread.sleep(millis / 4 + random.nextInt(millis - millis / 4));
    }

    /** When all that happened was that nodes ended as they were asked to. */
    List<Period> orderly() {
        return orderly;
    }

    Map<Trouble, Integer> made() {
        return made;
    }
}
