package dev.postrider.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The fields of a JSON object, read one by one; what is wrong with each is collected, so that a
 * caller learns of it at once: of the first {@value #MAX_ERRORS} flaws, and how many more there
 * are. Unknown fields are ignored, unless they look like known ones. Not thread-safe.
 */
public final class Fields {
    /** How many flaws are listed: an answer is no larger than what was wrong with its request. */
    public static final int MAX_ERRORS = 20;

    /** How many unknown fields are looked at. */
    private static final int MAX_UNKNOWN = 1_000;

    private static final int LONG_NAME = 8;

    private final ObjectNode object;
    private final String prefix;
    private final Errors errors;

    public Fields(ObjectNode object) {
        this(object, "", new Errors());
    }

    private Fields(ObjectNode object, String prefix, Errors errors) {
        this.object = object;
        this.prefix = prefix;
        this.errors = errors;
    }

    /** A text that must be there; the empty text stands in when it isn't, beside the error. */
    public String text(String name, int maxLength) {
        if (node(name).isEmpty()) {
            missing(name, "is missing");
            return "";
        }
        return optionalText(name, maxLength).orElse("");
    }

    public Optional<String> optionalText(String name, int maxLength) {
        var node = node(name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!node.get().isTextual()) {
            error(name, "must be a string");
            return Optional.empty();
        }
        var text = node.get().textValue();
        if (text.length() > maxLength) {
            error(name, "is longer than " + maxLength + " characters");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    public OptionalInt optionalInt(String name, int min, int max) {
        var node = node(name);
        if (node.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!node.get().isIntegralNumber()
                || !node.get().canConvertToInt()
                || node.get().intValue() < min
                || node.get().intValue() > max) {
            error(name, "must be a whole number from " + min + " to " + max);
            return OptionalInt.empty();
        }
        return OptionalInt.of(node.get().intValue());
    }

    /** A nested object; an empty one stands in when it is absent or no object. */
    public Fields object(String name) {
        var node = node(name);
        if (node.isPresent() && !(node.get() instanceof ObjectNode)) {
            error(name, "must be an object");
        }
        return new Fields(
                node.filter(ObjectNode.class::isInstance)
                        .map(ObjectNode.class::cast)
                        .orElseGet(JsonNodeFactory.instance::objectNode),
                prefix + name + ".",
                errors);
    }

    /** Texts, where one alone may stand without a list; none when it is absent. */
    public List<String> texts(String name, int maxItems, int maxLength) {
        var node = node(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get().isTextual()) {
            return optionalText(name, maxLength).map(List::of).orElse(List.of());
        }
        var texts = new ArrayList<String>();
        for (var item : items(name, maxItems)) {
            if (!item.isTextual()) {
                error(name + "[" + texts.size() + "]", "must be a string");
                return List.of();
            }
            if (item.textValue().length() > maxLength) {
                error(
                        name + "[" + texts.size() + "]",
                        "is longer than " + maxLength + " characters");
                return List.of();
            }
            texts.add(item.textValue());
        }
        return List.copyOf(texts);
    }

    /** Objects of a list; none when it is absent, or holds anything else. */
    public List<Fields> objects(String name, int maxItems) {
        var objects = new ArrayList<Fields>();
        for (var item : items(name, maxItems)) {
            var at = name + "[" + objects.size() + "]";
            if (!(item instanceof ObjectNode object)) {
                error(at, "must be an object");
                return List.of();
            }
            objects.add(new Fields(object, prefix + at + ".", errors));
        }
        return List.copyOf(objects);
    }

    private List<JsonNode> items(String name, int maxItems) {
        var node = node(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!node.get().isArray()) {
            error(name, "must be a list");
            return List.of();
        }
        if (node.get().size() > maxItems) {
            error(name, "has more than " + maxItems + " items");
            return List.of();
        }
        return node.get().valueStream().toList();
    }

    public boolean optionalFlag(String name, boolean otherwise) {
        var node = node(name);
        if (node.isPresent() && !node.get().isBoolean()) {
            error(name, "must be true or false");
        }
        return node.filter(JsonNode::isBoolean).map(JsonNode::booleanValue).orElse(otherwise);
    }

    public boolean has(String name) {
        return node(name).isPresent();
    }

    /** As they came, in their order. */
    public List<String> names() {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The field as it came; JSON's null counts as absent. */
    public Optional<JsonNode> node(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    /** Says what is wrong with a field. */
    public void error(String name, String message) {
        errors.add(new Problem.FieldError(prefix + name, message), false);
    }

    /** Says that a field is needed, which has a code of its own. */
    public void missing(String name, String message) {
        errors.add(new Problem.FieldError(prefix + name, message), true);
    }

    /**
     * Refuses a field that isn't known, but is written like one that is: {@code scheduledAt} or
     * {@code schedule_at} for {@code scheduled_at}, {@code tag} for {@code tags}. Passing over it
     * would do something else than was asked for.
     *
     * @param known the names that are read
     * @param others further names that are read, or are known to be passed over
     */
    public void refuseLookalikes(Set<String> known, Set<String> others) {
        object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !known.contains(name) && !others.contains(name))
                .limit(MAX_UNKNOWN)
                .forEach(name ->
                        known.stream()
                                .filter(meant -> isLike(plain(name), plain(meant)))
                                .findFirst()
                                .ifPresent(meant -> error(name, "is unknown: write it " + meant)));
    }

    private static String plain(String name) {
        return name.replaceAll("[_\\-\\s]", "").toLowerCase(Locale.ROOT);
    }

    /** Short names are like many a word; an s more or less is a slip in all of them. */
    private static boolean isLike(String name, String known) {
        return name.equals(known)
                || (name + "s").equals(known)
                || name.equals(known + "s")
                || (known.length() >= LONG_NAME && isOneEditFrom(name, known));
    }

    private static boolean isOneEditFrom(String one, String other) {
        var same = Arrays.mismatch(one.toCharArray(), other.toCharArray());
        return behind(same, one, other).equals(behind(same, other, one));
    }

    private static String behind(int same, String text, String other) {
        return text.substring(
                Math.min(text.length(), text.length() < other.length() ? same : same + 1));
    }

    public boolean areValid() {
        return errors.all == 0;
    }

    /** Whether something is wrong with a field, or with a part of it. */
    public boolean names(String field) {
        return errors.first.stream().anyMatch(error -> error.field().startsWith(prefix + field));
    }

    /** Whether nothing else is wrong than that something is missing. */
    public boolean areOnlyMissing() {
        return errors.all == errors.missing;
    }

    /** What is wrong so far, the first of it. */
    public List<Problem.FieldError> errors() {
        return List.copyOf(errors.first);
    }

    public Problem problem() {
        return problem(ProblemCode.INVALID_INPUT);
    }

    /** The same under a code that says more. */
    public Problem problem(ProblemCode code) {
        return Problem.invalid(code, errors.first, errors.all - errors.first.size());
    }

    /** Shared by an object and all within it. */
    private static final class Errors {
        private final List<Problem.FieldError> first = new ArrayList<>();
        private int all;
        private int missing;

        private void add(Problem.FieldError error, boolean isMissing) {
            all++;
            missing += isMissing ? 1 : 0;
            if (first.size() < MAX_ERRORS) {
                first.add(error);
            }
        }
    }
}
