package dev.postrider.postgres;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.util.UUID;

/**
 * Makes the ids of everything that is stored: UUIDv7 (RFC 9562, 5.7), so that rows which are made
 * together lie together in an index. Within a process each is greater than the one before.
 */
public final class NewId {
    private static final NoArgGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private NewId() {}

    public static UUID get() {
        return GENERATOR.generate();
    }
}
