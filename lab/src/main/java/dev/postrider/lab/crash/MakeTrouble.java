package dev.postrider.lab.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes trouble and mends it. */
final class MakeTrouble {
    static final int USUAL_CUTS = 20;
    private static final int MANY_CUTS = 300;

    private final List<Node> nodes;
    private final OwnPostgres postgres;
    private final CuttingSink sink;
    private final Duration beyondLease;
    private final RandomGenerator random;
    private final Map<Trouble, Integer> made = new EnumMap<>(Trouble.class);

    MakeTrouble(
            List<Node> nodes,
            OwnPostgres postgres,
            CuttingSink sink,
            Duration beyondLease,
            RandomGenerator random) {
        this.nodes = nodes;
        this.postgres = postgres;
        this.sink = sink;
        this.beyondLease = beyondLease;
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
            case PAUSE_NODE -> {
                node.pause();
                Thread.sleep(beyondLease);
                node.goOn();
            }
            case KILL_DATABASE -> {
                postgres.kill();
                waitUpTo(4_000);
                postgres.restart();
            }
            case CUT_CONNECTIONS -> {
                sink.cutPerThousand(MANY_CUTS);
                waitUpTo(8_000);
                sink.cutPerThousand(USUAL_CUTS);
            }
        }
    }

    /** A little peace between two troubles. */
    void waitUpTo(int millis) throws InterruptedException {
        Thread.sleep(millis / 4 + random.nextInt(millis - millis / 4));
    }

    Map<Trouble, Integer> made() {
        return made;
    }
}
