package dev.postrider.bench.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Posts emails with one thread: as many at once as there are clients, as long as not more than so
 * many wait to be sent and, perhaps, not faster than asked for.
 */
final class Generator implements AutoCloseable {
    private final Ledger ledger;
    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();
    private final Deque<Client> idle = new ArrayDeque<>();
    private final Thread thread;

    /** Written by whoever measures, read by the thread. */
    private volatile List<RequestTemplate> requests = List.of();

    private volatile Pace pace = Pace.NONE;
    private volatile boolean stopping;

    /** Written by the thread, read by whoever measures. */
    private volatile long accepted;

    private volatile long refused;
    private volatile int next;

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
        this.selector = Selector.open();
        for (var i = 0; i < clients; i++) {
            this.clients.add(new Client(new InetSocketAddress("127.0.0.1", port), selector));
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

    /** As fast as it goes. */
    void keepWaiting(long waiting, long before) {
        pace = new Pace(waiting, before, 0, System.nanoTime(), next);
    }

    void postEvenly(double perSecond) {
        pace = new Pace(Long.MAX_VALUE / 2, 0, perSecond, System.nanoTime(), next);
    }

    void rest() {
        pace = Pace.NONE;
    }

    long accepted() {
        return accepted;
    }

    /** Answered 503 or 429, and not posted again. */
    long refused() {
        return refused;
    }

    /** All numbers below are posted. */
    int next() {
        return next;
    }

    private void generate() {
        try {
            while (!stopping) {
                postAllowed();
                selector.select(this::answered, 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void postAllowed() throws IOException {
        var taken = ledger.taken();
        while (!idle.isEmpty()
                && next < Ledger.CAPACITY
                && pace.allows(next, next - refused - taken)) {
            ledger.asked(next, System.nanoTime());
            idle.removeFirst().send(requests.get(next % requests.size()), next);
            next = next + 1;
        }
    }

    private void answered(SelectionKey key) {
        var client = (Client) key.attachment();
        try {
            switch (client.read()) {
                case 0 -> {}
                case 200, 202 -> {
                    ledger.answered(client.number(), System.nanoTime());
                    accepted = accepted + 1;
                    idle.addLast(client);
                }
                case 429, 503 -> {
                    refused = refused + 1;
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
