package dev.postrider.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * How much JSON may hold, whatever it says: a few megabytes of small values or of long names would
 * otherwise become a hundred times that in memory.
 */
public final class JsonLimits {
    /** Of all kinds, names among them, in a whole body. */
    public static final int MAX_VALUES = 250_000;

    public static final int MAX_DEPTH = 64;

    /** Characters; a header field's name has 76 at most. */
    public static final int MAX_NAME = 512;

    private static final int MAX_NUMBER = 100;

    private JsonLimits() {}

    /**
     * A factory of parsers that keep to the limits. It shares no table of names with other
     * requests: their senders would fill it.
     *
     * @param maxText the longest text, in characters
     */
    public static JsonFactory factory(int maxText) {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(constraints(maxText))
                .build();
    }

    /** For parsers that need more of a factory. */
    public static StreamReadConstraints constraints(int maxText) {
        return StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(MAX_NAME)
                .maxNumberLength(MAX_NUMBER)
                .maxStringLength(maxText)
                .build();
    }

    /** What a body is told that holds more. */
    public static String exceeded() {
        return "The body nests deeper than "
                + MAX_DEPTH
                + ", has more than "
                + MAX_VALUES
                + " values, or has a name or a number that is too long";
    }
}
