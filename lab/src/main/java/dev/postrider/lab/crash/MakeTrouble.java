package dev.postrider.lab.crash;

import dev.postrider.lab.provider.LabProviders;
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
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
    private static final Duration UNTIL_ALL_IS_WELL = Duration.ofSeconds(10);
    private static final int LONGEST_STOP_MILLIS = 15_000;

    private final List<Node> nodes;
    private final OwnPostgres postgres;
    private final NaughtySink sink;
    private final LabProviders providers;
    private final Duration lease;
    private final RandomGenerator random;
    private final Map<Trouble, Integer> made = new EnumMap<>(Trouble.class);
    private final List<Period> orderly = new ArrayList<>();
    private final List<Period> disorder = new ArrayList<>();

    MakeTrouble(
            List<Node> nodes,
            OwnPostgres postgres,
            NaughtySink sink,
            LabProviders providers,
            Duration lease,
            RandomGenerator random) {
        this.nodes = nodes;
        this.postgres = postgres;
        this.sink = sink;
        this.providers = providers;
        this.lease = lease;
        this.random = random;
    }

    void make(Trouble trouble) throws IOException, InterruptedException {
        made.merge(trouble, 1, Integer::sum);
        var node = nodes.get(random.nextInt(nodes.size()));
        switch (trouble) {
            case KILL_NODE -> {
                disturb(Instant.now());
                node.kill();
                waitUpTo(4_000);
                node.restart();
            }
            case ROLLING_RESTART -> {
                misbehave(0);
                slowDown(true);
                Thread.sleep(UNTIL_MUCH_IS_UNDER_WAY);
                var begin = Instant.now();
                for (var each : nodes) {
                    var asked = Instant.now();
                    each.end();
                    disturb(asked);
                    each.restart();
                }
                orderly.add(new Period(begin, Instant.now()));
                slowDown(false);
                misbehave(USUAL);
            }
            case STOP_NODE -> {
                // what it has under way, and was told, must be old news when it goes on
                misbehave(OFTEN);
                slowDown(true);
                Thread.sleep(UNTIL_MUCH_IS_UNDER_WAY);
                disturb(Instant.now());
                node.pause();
                slowDown(false);
                Thread.sleep(lease);
                waitUpTo(LONGEST_STOP_MILLIS);
                disturb(Instant.now());
                node.goOn();
                misbehave(USUAL);
            }
            case KILL_DATABASE -> {
                var begin = Instant.now();
                postgres.kill();
                waitUpTo(4_000);
                postgres.restart();
                disorder.add(new Period(begin, Instant.now().plus(UNTIL_ALL_IS_WELL)));
            }
            case CUT_CONNECTIONS -> {
                misbehave(OFTEN);
                waitUpTo(6_000);
                disturb(Instant.now());
                providers.goDown();
                waitUpTo(2_000);
                providers.comeBack();
                misbehave(USUAL);
            }
        }
    }

    /** Of a thousand requests so many, at every server. */
    void misbehave(int perThousand) {
        sink.misbehavePerThousand(perThousand);
        providers.misbehavePerThousand(perThousand);
    }

    private void slowDown(boolean isSlow) {
        sink.slowDown(isSlow);
        providers.slowDown(isSlow);
    }

    /** Answers that came at this time may have been lost, and those to requests of before it. */
    private void disturb(Instant at) {
        disorder.add(new Period(at, Instant.now().plus(LONGEST_ANSWER)));
    }

    /**
     * Whether an answer that came at the first of these times may have been lost until the other.
     */
    boolean isBetween(Instant first, Instant second) {
        return disorder.stream()
                .anyMatch(
                        period -> !period.begin().isAfter(second) && !period.end().isBefore(first));
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
