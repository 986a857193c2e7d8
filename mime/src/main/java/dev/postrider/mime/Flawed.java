package dev.postrider.mime;

import java.util.List;

/**
 * A message that can't be sent as it is.
 *
 * @param flaws all that is wrong with it, at least one
 */
public record Flawed(List<Flaw> flaws) implements Composition, RawCheck {
    public Flawed {
        flaws = List.copyOf(flaws);
    }
}
