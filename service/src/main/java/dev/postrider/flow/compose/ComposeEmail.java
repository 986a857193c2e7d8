package dev.postrider.flow.compose;

import dev.postrider.flow.store.NewContent;
import dev.postrider.mime.Address;
import dev.postrider.mime.ComposeDraft;
import dev.postrider.mime.Composed;
import dev.postrider.mime.Draft;
import dev.postrider.mime.Flaw;
import dev.postrider.mime.Flawed;
import dev.postrider.mime.MessageId;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Composes an email once; every attempt sends these bytes, with this Message-ID and Date. */
@Singleton
public final class ComposeEmail {
    /** Octets of a message; of more a hundred in one request would be many. */
    private static final int MAX_IN_MEMORY = 256 * 1024;

    private final InstantSource clock;

    public ComposeEmail(InstantSource clock) {
        this.clock = clock;
    }

    /** What became of a draft. */
    public sealed interface Composition {
        /** The message as it is sent. */
        record Message(String messageId, NewContent content, boolean eightBit, boolean smtpUtf8)
                implements Composition {}

        /** Everything that keeps it from being composed. */
        record Flaws(List<Flaw> flaws) implements Composition {}
    }

    /** A plain text to one recipient. */
    public Composition plainText(
            UUID emailId, Address from, Address to, String subject, String text) {
        var messageId = MessageId.of(emailId, from);
        var draft =
                Draft.from(from, messageId, clock.instant().atZone(ZoneOffset.UTC))
                        .to(to)
                        .subject(subject)
                        .text(text)
                        .build();
        return compose(draft);
    }

    /** Whatever a draft says. */
    public static Composition compose(Draft draft) {
        return switch (ComposeDraft.compose(draft)) {
            case Flawed(var flaws) -> new Composition.Flaws(flaws);
            case Composed composed ->
                    new Composition.Message(
                            draft.messageId(),
                            content(composed),
                            composed.needsEightBit(),
                            composed.needsSmtpUtf8());
        };
    }

    /** In memory if it is small; a large one is composed while it is written. */
    public static NewContent content(Composed composed) {
        try {
            return composed.size() > MAX_IN_MEMORY
                    ? new NewContent.Streamed(composed)
                    : new NewContent.InMemory(composed.toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
