package dev.postrider.smtp.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A distance to a server on 127.0.0.1: what is sent arrives half a round trip later, however much
 * it is, in both directions.
 */
public final class DelayedLink implements AutoCloseable {
    private final LoopbackListener listener;

    private DelayedLink(LoopbackListener listener) {
        this.listener = listener;
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    private record Parcel(long due, byte[] octets) {
        boolean isEnd() {
            return octets.length == 0;
        }
    }

    public static DelayedLink to(int port, Duration roundTrip) {
        long delay = roundTrip.toNanos() / 2;
        return new DelayedLink(LoopbackListener.start(0, near -> join(near, port, delay)));
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
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void carry(Socket from, Socket to, long delay) {
        var underWay = new LinkedBlockingQueue<Parcel>();
        Thread.ofVirtual().start(() -> deliver(underWay, to));
        try {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                underWay.add(new Parcel(System.nanoTime() + delay, Arrays.copyOf(buffer, count)));
            }
        } catch (IOException e) {
            // A broken connection ends as a closed one does.
            LoopbackListener.closeQuietly(from);
        }
        underWay.add(new Parcel(System.nanoTime() + delay, new byte[0]));
    }

    private static void deliver(BlockingQueue<Parcel> underWay, Socket to) {
        try {
            for (Parcel parcel = underWay.take(); !parcel.isEnd(); parcel = underWay.take()) {
                pause(parcel.due());
                to.getOutputStream().write(parcel.octets());
            }
            to.shutdownOutput();
        } catch (IOException e) {
            LoopbackListener.closeQuietly(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
