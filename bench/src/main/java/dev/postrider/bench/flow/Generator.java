package dev.postrider.bench.flow;

import dev.postrider.bench.rig.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Posts emails with one thread: as many at once as there are clients, as long as not more than so
 * many wait to be sent and, perhaps, not faster than asked for.
 */
final class Generator implements AutoCloseable {
    /** Milliseconds; an answer comes before. */
    private static final int PATIENCE = 100;

    private final Ledger ledger;
    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();
    private final Deque<Client> idle = new ArrayDeque<>();
    private final Thread thread;

    /** Written by whoever measures, read by the thread. */
    private volatile List<RequestTemplate> requests = List.of();

    private volatile Pace pace = Pace.NONE;
    private volatile int atOnce;
    private volatile boolean stopping;

    /** Written by the thread, read by whoever measures. */
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    private final AtomicInteger accepted = new AtomicInteger();

    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();

    /**
     * How fast to post.
     *
     * @param waiting how many may wait to be sent, with what waited before; nothing beyond is
     *     posted
     * @param before how many wait that this generator didn't post
     * @param perSecond 0: as fast as it goes
     * @param since when it began
     * @param from the first number of this pace
     */
    private record Pace(long waiting, long before, double perSecond, long since, int from) {
        static final Pace NONE = new Pace(0, 0, 0, 0, 0);

        boolean allows(int next, long waitingNow) {
            return waitingNow + before < waiting
                    && (perSecond == 0
                            || next - from < (System.nanoTime() - since) / 1e9 * perSecond);
        }
    }

    Generator(int port, int clients, Ledger ledger) throws IOException {
        this.ledger = ledger;
        this.atOnce = clients;
        this.selector = Selector.open();
        for (var i = 0; i < clients; i++) {
            this.clients.add(new Client(port, selector));
        }
        idle.addAll(this.clients);
        this.thread = Thread.ofPlatform().name("generator").unstarted(this::generate);
    }

    void start() {
        thread.start();
    }

    /** Takes these requests by turns from now on. */
    void post(List<RequestTemplate> others) {
        requests = List.copyOf(others);
    }

    /** Lets no more than so many clients post at once from now on; all of them at first. */
    void atOnce(int many) {
        atOnce = many;
    }

    /** As fast as it goes. */
    void keepWaiting(long waiting, long before) {
        pace = new Pace(waiting, before, 0, System.nanoTime(), next.get());
    }

    void postEvenly(double perSecond) {
        pace = new Pace(Long.MAX_VALUE / 2, 0, perSecond, System.nanoTime(), next.get());
    }

    void rest() {
        pace = Pace.NONE;
    }

    /**
     * How many were answered 2xx.
     *
     * @throws IOException when the generator has given up
     */
    long accepted() throws IOException {
        var reason = failure.get();
        if (reason != null) {
            throw new IOException("the generator has stopped", reason);
        }
        return accepted.get();
    }

    /** Answered 503 or 429, and not posted again. */
    long refused() {
        return refused.get();
    }

    /** All numbers below are posted. */
    int next() {
        return next.get();
    }

    private void generate() {
        try {
            while (!stopping) {
                postAllowed();
                selector.select(this::answered, isFull() ? PATIENCE : 1);
            }
        } catch (IOException | UncheckedIOException e) {
            failure.set(e);
        }
    }

    /** Nothing can be posted before an answer comes. */
    private boolean isFull() {
        return clients.size() - idle.size() >= atOnce;
    }

    private void postAllowed() throws IOException {
        var taken = ledger.taken();
        var number = next.get();
        while (!isFull()
                && number < Ledger.CAPACITY
                && pace.allows(number, number - refused.get() - taken)) {
            ledger.asked(number, System.nanoTime());
            idle.removeFirst()
                    .send(requests.get(number % requests.size()).numbered(number), number);
            number++;
        }
        next.set(number);
    }

    private void answered(SelectionKey key) {
        var client = (Client) key.attachment();
        try {
            switch (client.read()) {
                case 0 -> {}
                case 200, 202 -> {
                    ledger.answered(client.number(), System.nanoTime());
                    accepted.incrementAndGet();
                    idle.addLast(client);
                }
                case 429, 503 -> {
                    refused.incrementAndGet();
                    idle.addLast(client);
                }
                default -> throw new IOException("not accepted: " + client.answer());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (var client : clients) {
            client.close();
        }
        selector.close();
    }
}
