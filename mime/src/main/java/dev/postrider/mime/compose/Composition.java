package dev.postrider.mime.compose;

import java.util.List;

/** What {@link ComposeDraft} made: a message, or what is wrong with the draft. */
public sealed interface Composition permits Composed, Composition.Flawed {
    /**
     * A draft that can't be sent as it is.
     *
     * @param flaws all that is wrong with it, at least one
     */
    record Flawed(List<Flaw> flaws) implements Composition {
        public Flawed {
            flaws = List.copyOf(flaws);
        }
    }
}
