package dev.postrider.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.spool.Spool.Taken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;

/** Takes octets for tests, without patience. */
public record Uploads(Spool take) {
    public static final UUID WORKSPACE = new UUID(0, 1);

    public static Uploads in(Path folder, long memory, long disk) {
        return new Uploads(new Spool(SpoolFolder.in(folder), memory, disk, Duration.ZERO));
    }

    static Octets inMemory(byte[] octets) {
        return new Octets.InMemory(octets, () -> {});
    }

    Taken taken(byte[] octets, int max) throws IOException {
        return take.take(
                WORKSPACE, new ByteArrayInputStream(octets), OptionalLong.of(octets.length), max);
    }

    Taken takenUndeclared(byte[] octets, int max) throws IOException {
        return take.take(WORKSPACE, new ByteArrayInputStream(octets), OptionalLong.empty(), max);
    }

    public Octets kept(byte[] octets) throws IOException {
        return octets(taken(octets, Integer.MAX_VALUE - 1));
    }

    public static Octets octets(Taken taken) {
        assertThat(taken).isInstanceOf(Taken.Complete.class);
        return ((Taken.Complete) taken).octets();
    }
}
