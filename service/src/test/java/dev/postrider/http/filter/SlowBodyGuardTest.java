package dev.postrider.http.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SlowBodyGuardTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void aBodyThatKeepsComingIsReadAsItIs() throws IOException {
        var octets = new byte[300_000];
        octets[299_999] = 7;
        var in = new SlowBodyGuard(new ByteArrayInputStream(octets), LONG);
        assertThat(in.readAllBytes()).isEqualTo(octets);
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void aReadThatHasEndedIsWatchedNoLonger() throws IOException {
        new SlowBodyGuard(new ByteArrayInputStream(new byte[300_000]), LONG).readAllBytes();
        assertThat(SlowBodyGuard.watched()).isZero();
    }

    @Test
    void aBodyThatStallsIsGivenUp() {
        var in = new SlowBodyGuard(new Silent(), SHORT);
        assertThatThrownBy(() -> in.read(new byte[10])).isInstanceOf(SlowBodyGuard.TooSlow.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** An octet now and then is no stall, but still far too slow. */
    @Test
    void aBodyThatDripsIsGivenUp() {
        var in = new SlowBodyGuard(new Dripping(), SHORT);
        assertThatThrownBy(in::readAllBytes).isInstanceOf(SlowBodyGuard.TooSlow.class);
    }

    @Test
    void aBodyWhoseSenderHasGoneIsSaidToBeBrokenOff() {
        var in = new SlowBodyGuard(new Gone(), LONG);
        assertThatThrownBy(in::read).isInstanceOf(SlowBodyGuard.BrokenOff.class);
    }

    private static final class Gone extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("gone");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return read();
        }
    }

    private static final class Silent extends InputStream {
        @Override
        public int read() throws IOException {
            try {
                new CountDownLatch(1).await();
                return 0;
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException().initCause(e);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return read();
        }
    }

    /** Half of what counts as a stall between two octets. */
    private static final class Dripping extends InputStream {
        @Override
        public int read() throws IOException {
            try {
                var _ = new CountDownLatch(1).await(SHORT.toMillis() / 4, TimeUnit.MILLISECONDS);
                return 0;
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException().initCause(e);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            into[offset] = (byte) read();
            return 1;
        }
    }
}
