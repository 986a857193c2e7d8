package dev.postrider.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.time.Instant;
import java.util.Optional;

/**
 * A step that has ended: its name, when it was, and facts under the names of OpenTelemetry's
 * semantic conventions, or {@code postrider.…} where there is none. Never a subject, an address of
 * a person, a path with an id of a person in it, or a server's words.
 */
public final class Step {
    private final String name;
    private final Instant from;
    private final Instant to;
    private final AttributesBuilder facts = Attributes.builder();
    private boolean hasFailed;

    private Step(String name, Instant from, Instant to) {
        this.name = name;
        this.from = from;
        this.to = to;
    }

    /** A step that took this long; at least nothing, whatever two clocks say. */
    public static Step of(String name, Instant from, Instant to) {
        return new Step(name, from, to.isBefore(from) ? from : to);
    }

    public Step with(String fact, String value) {
        facts.put(AttributeKey.stringKey(fact), value);
        return this;
    }

    public Step with(String fact, long value) {
        facts.put(AttributeKey.longKey(fact), value);
        return this;
    }

    public Step with(String fact, Optional<String> value) {
        value.ifPresent(some -> with(fact, some));
        return this;
    }

    /**
     * It didn't do what it was to.
     *
     * @param type why, one of few
     */
    public Step failed(String type) {
        hasFailed = true;
        return with("error.type", type);
    }

    String name() {
        return name;
    }

    Instant from() {
        return from;
    }

    Instant to() {
        return to;
    }

    Attributes facts() {
        return facts.build();
    }

    boolean hasFailed() {
        return hasFailed;
    }
}
