package dev.postrider.mime.compose;

import static dev.postrider.mime.address.Addresses.address;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Drafts for tests, and their composed bytes. */
public final class Drafts {
    public static final String MESSAGE_ID = "<0197-test@example.com>";
    public static final ZonedDateTime DATE =
            ZonedDateTime.of(2026, 11, 2, 9, 5, 7, 0, ZoneId.of("Europe/Berlin"));

    private Drafts() {}

    public static Draft.Builder draft() {
        return Draft.from(address("Ada Lovelace <ada@example.com>"), MESSAGE_ID, DATE)
                .to(address("bob@example.org"));
    }

    public static Composed composed(Draft draft) {
        return switch (ComposeDraft.compose(draft)) {
            case Composed composed -> composed;
            case Composition.Flawed flawed -> throw new AssertionError(flawed.flaws().toString());
        };
    }

    public static byte[] bytes(Draft draft) throws IOException {
        return composed(draft).toBytes();
    }

    /** The message, its line ends as LF so that it compares with a text block. */
    static String wire(Draft draft) throws IOException {
        return new String(bytes(draft), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
