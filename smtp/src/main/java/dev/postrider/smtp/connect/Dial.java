package dev.postrider.smtp.connect;

import dev.postrider.smtp.wire.LostConnection;
import dev.postrider.smtp.wire.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of a host's addresses that answers ("happy eyeballs", RFC 8305): the next
 * one is tried as soon as the one before has failed, or hasn't answered within a moment. So an
 * address that swallows everything costs that moment and not the whole time.
 */
final class Dial {
    /** RFC 8305 section 5 */
    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final ArrayDeque<InetAddress> waiting;
    private final int port;
    private final long timeoutNanos;
    private final long ends;
    private final List<Attempt> attempts = new ArrayList<>();
    private final BlockingQueue<Attempt> ended = new LinkedBlockingQueue<>();
    private int failures;

    /**
     * Not yet dialed.
     *
     * @param timeout for each address
     * @param limit for all together, or null
     */
    Dial(List<InetAddress> addresses, int port, Duration timeout, @Nullable Duration limit) {
        this.waiting = new ArrayDeque<>(addresses);
        this.port = port;
        this.timeoutNanos = timeout.toNanos();
        this.ends = limit == null ? Long.MAX_VALUE : System.nanoTime() + limit.toNanos();
    }

    /** One address. Its outcome is written by its thread, and read after it has ended. */
    private static final class Attempt {
        private final InetSocketAddress address;
        private final SocketChannel channel;
        private final long ends;
        private @Nullable IOException failure;
        private boolean timedOut;

        private Attempt(InetSocketAddress address, SocketChannel channel, long ends) {
            this.address = address;
            this.channel = channel;
            this.ends = ends;
        }

        private void close() {
            try {
                channel.close();
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    record Connected(SocketChannel channel, InetSocketAddress address) {}

    /**
     * Waits for the first that answers.
     *
     * @throws LostConnection with the last failure when there is none
     */
    Connected connect() throws IOException {
        Attempt winner = null;
        try {
            LostConnection last = null;
            while (winner == null) {
                if (!waiting.isEmpty() && isTimeForNext()) {
                    start(waiting.remove());
                }
                Attempt done = ended.poll(untilNextStep(), TimeUnit.NANOSECONDS);
                if (done == null) {
                    passTime();
                } else if (done.failure == null) {
                    winner = done;
                } else {
                    failures++;
                    last = explain(done);
                    if (waiting.isEmpty() && failures == attempts.size()) {
                        throw last;
                    }
                }
            }
            return new Connected(winner.channel, winner.address);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LostConnection(Trouble.CANCELED, "It was canceled.");
        } finally {
            for (Attempt attempt : attempts) {
                if (!attempt.equals(winner)) {
                    attempt.close();
                }
            }
        }
    }

    private boolean isTimeForNext() {
        return failures == attempts.size() || untilNextStart() <= 0;
    }

    private long untilNextStart() {
        long started = attempts.getLast().ends - timeoutNanos;
        return started + DELAY_NANOS - System.nanoTime();
    }

    private long untilNextStep() {
        long now = System.nanoTime();
        long wait = ends == Long.MAX_VALUE ? Long.MAX_VALUE : ends - now;
        if (!waiting.isEmpty()) {
            wait = Math.min(wait, failures == attempts.size() ? 0 : untilNextStart());
        }
        for (Attempt attempt : attempts) {
            if (!attempt.timedOut && attempt.failure == null) {
                wait = Math.min(wait, attempt.ends - now);
            }
        }
        return Math.max(0, wait);
    }

    private void passTime() throws LostConnection {
        long now = System.nanoTime();
        if (ends != Long.MAX_VALUE && now - ends >= 0) {
            throw new LostConnection(Trouble.LIMIT, "The time that was set for it passed.");
        }
        for (Attempt attempt : attempts) {
            if (!attempt.timedOut && now - attempt.ends >= 0) {
                attempt.timedOut = true;
                attempt.close();
            }
        }
    }

    private void start(InetAddress address) throws IOException {
        var attempt =
                new Attempt(
                        new InetSocketAddress(address, port),
                        SocketChannel.open(),
                        System.nanoTime() + timeoutNanos);
        attempts.add(attempt);
        Thread.ofVirtual()
                .name("smtp-connect")
                .start(() -> {
                    try {
                        attempt.channel.connect(attempt.address);
                    } catch (IOException e) {
                        attempt.failure = e;
                    }
                    ended.add(attempt);
                });
    }

    private static LostConnection explain(Attempt attempt) {
        if (attempt.timedOut) {
            return new LostConnection(
                    Trouble.TIMEOUT, attempt.address + ": The server didn't answer in time.");
        }
        LostConnection lost =
                LostConnection.explain(java.util.Objects.requireNonNull(attempt.failure));
        return new LostConnection(lost.trouble(), attempt.address + ": " + lost.getMessage());
    }
}
