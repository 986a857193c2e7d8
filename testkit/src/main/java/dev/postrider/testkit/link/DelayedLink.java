package dev.postrider.testkit.link;

import dev.postrider.testkit.wire.LoopbackListener;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A distance to a server on 127.0.0.1: what is sent arrives half a round trip later, however much
 * it is, in both directions; so do the end of a direction and the breaking of the connection.
 */
public final class DelayedLink implements AutoCloseable {
    private final LoopbackListener listener;
    private final AtomicLong opened;

    private DelayedLink(LoopbackListener listener, AtomicLong opened) {
        this.listener = listener;
        this.opened = opened;
    }

    private sealed interface Parcel {
        long due();
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    private record Octets(long due, byte[] octets) implements Parcel {}

    /** Nothing more comes in this direction; the other goes on. */
    private record End(long due) implements Parcel {}

    private record Break(long due) implements Parcel {}

    public static DelayedLink to(int port, Duration roundTrip) {
        long delay = roundTrip.toNanos() / 2;
        var opened = new AtomicLong();
        return new DelayedLink(
                LoopbackListener.start(near -> {
                    opened.incrementAndGet();
                    join(near, port, delay);
                }),
                opened);
    }

    /** How many connections were made until now. */
    public long opened() {
        return opened.get();
    }

    public int port() {
        return listener.port();
    }

    private static void join(Socket near, int port, long delay) throws IOException {
        // A connection costs a round trip, too.
        pause(System.nanoTime() + 2 * delay);
        try (var far = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            far.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> carry(far, near, delay));
            carry(near, far, delay);
            back.join();
        } catch (IOException e) {
            // Refused, or broken off before the connection was complete.
            breakOff(near);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the last parcel has arrived. */
    private static void carry(Socket from, Socket to, long delay) {
        var underWay = new LinkedBlockingQueue<Parcel>();
        Thread.ofVirtual().start(() -> collect(from, underWay, delay));
        deliver(underWay, to);
    }

    private static void collect(Socket from, BlockingQueue<Parcel> underWay, long delay) {
        try {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                underWay.add(new Octets(System.nanoTime() + delay, Arrays.copyOf(buffer, count)));
            }
            underWay.add(new End(System.nanoTime() + delay));
        } catch (IOException e) {
            underWay.add(new Break(System.nanoTime() + delay));
        }
    }

    private static void deliver(BlockingQueue<Parcel> underWay, Socket to) {
        try {
            boolean more = true;
            while (more) {
                Parcel parcel = underWay.take();
                pause(parcel.due());
                more = deliver(parcel, to);
            }
        } catch (IOException e) {
            // It broke over there, which the other direction finds out and brings back.
            LoopbackListener.closeQuietly(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether more may follow. */
    private static boolean deliver(Parcel parcel, Socket to) throws IOException {
        return switch (parcel) {
            case Octets(_, byte[] octets) -> {
                to.getOutputStream().write(octets);
                yield true;
            }
            case End _ -> {
                to.shutdownOutput();
                yield false;
            }
            case Break _ -> {
                breakOff(to);
                yield false;
            }
        };
    }

    /** Closing without lingering resets. */
    private static void breakOff(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static void pause(long until) {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
