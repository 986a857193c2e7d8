package dev.postrider.flow.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.flow.accept.TakeOctets.Taken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** Takes octets for tests, without patience. */
record Uploads(TakeOctets take) {
    static Uploads in(Path folder, long memory, long disk) {
        return new Uploads(new TakeOctets(UploadFolder.in(folder), memory, disk, Duration.ZERO));
    }

    static Octets inMemory(byte[] octets) {
        return new Octets.InMemory(octets, () -> {});
    }

    Taken taken(byte[] octets, int max) throws IOException, InterruptedException {
        return take.take(new ByteArrayInputStream(octets), OptionalLong.of(octets.length), max);
    }

    Taken takenUndeclared(byte[] octets, int max) throws IOException, InterruptedException {
        return take.take(new ByteArrayInputStream(octets), OptionalLong.empty(), max);
    }

    Octets kept(byte[] octets) throws IOException, InterruptedException {
        return octets(taken(octets, Integer.MAX_VALUE - 1));
    }

    static Octets octets(Taken taken) {
        assertThat(taken).isInstanceOf(Taken.Complete.class);
        return ((Taken.Complete) taken).octets();
    }
}
