package dev.postrider.testkit.recorder;

import java.io.IOException;
import java.util.Optional;

/**
 * A question to a provider.
 *
 * @param key names it on the command line
 * @param fake what the fake does, in the words that {@link Ask#ask} would find for it
 * @param scope without which it can't be asked; empty when any grant will do
 * @param isLarge whether it uploads many megabytes
 */
public record Probe(
        String key,
        String question,
        String fake,
        Optional<String> scope,
        boolean isLarge,
        Ask ask) {

    /** Asks. */
    @FunctionalInterface
    public interface Ask {
        Seen ask() throws IOException, InterruptedException;
    }

    /**
     * What was seen.
     *
     * @param value short, to be compared with what the fake does
     * @param detail the provider's own words; may be empty
     */
    public record Seen(String value, String detail) {
        public Seen(String value) {
            this(value, "");
        }
    }

    /** One that any grant is good for. */
    public Probe(String key, String question, String fake, Ask ask) {
        this(key, question, fake, Optional.empty(), false, ask);
    }

    /** One that needs a scope. */
    public Probe(String key, String question, String fake, String scope, Ask ask) {
        this(key, question, fake, Optional.of(scope), false, ask);
    }

    /** The same, of many megabytes. */
    public Probe large() {
        return new Probe(key, question, fake, scope, true, ask);
    }
}
