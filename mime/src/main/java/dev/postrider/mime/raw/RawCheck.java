package dev.postrider.mime.raw;

import dev.postrider.mime.compose.Flaw;
import java.util.List;

/** What {@link RawMessage#check} found: a message that can be sent, or what is wrong with it. */
public sealed interface RawCheck permits RawMessage, RawCheck.Flawed {
    /**
     * A message that can't be sent as it is.
     *
     * @param flaws all that is wrong with it, at least one
     */
    record Flawed(List<Flaw> flaws) implements RawCheck {
        public Flawed {
            flaws = List.copyOf(flaws);
        }
    }
}
