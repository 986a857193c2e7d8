package dev.postrider.door.console;

import dev.postrider.door.console.call.ApiAnswer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A form as it was filled in, with what the API says is wrong with it. Fields are called as the
 * API's own, so that an error stands beside its field; passwords don't come back.
 *
 * @param fields all that the form has
 * @param alert what is wrong with none of the fields
 */
public record Filled(
        Map<String, String> values,
        Map<String, String> errors,
        Set<String> fields,
        @Nullable String alert) {
    public static final Filled NOTHING = new Filled(Map.of(), Map.of(), Set.of(), null);

    public Filled {
        values = Map.copyOf(values);
        errors = Map.copyOf(errors);
        fields = Set.copyOf(fields);
    }

    /** A form that nobody has filled in yet. */
    public static Filled of(Map<String, String> values) {
        return new Filled(values, Map.of(), Set.of(), null);
    }

    /**
     * One that was refused.
     *
     * @param fields all that the form has
     */
    public static Filled of(ConsoleForm form, ApiAnswer.Refused refused, String... fields) {
        var values = new HashMap<String, String>();
        form.fields()
                .forEach((name, given) -> {
                    if (!name.equals("form") && !name.contains("password")) {
                        values.put(name, given.getFirst());
                    }
                });
        return new Filled(values, refused.errors(), Set.of(fields), alert(refused, Set.of(fields)));
    }

    /** What is said of none of the form's fields. */
    private static @Nullable String alert(ApiAnswer.Refused refused, Set<String> fields) {
        if (refused.errors().isEmpty()) {
            return refused.detail();
        }
        var others =
                refused.errors().entrySet().stream()
                        .filter(each -> !fields.contains(each.getKey()))
                        .map(each -> each.getKey() + " " + each.getValue())
                        .sorted()
                        .toList();
        return others.isEmpty() ? null : String.join("; ", others);
    }

    /** With the fields of the page's other forms as they are. */
    public Filled beside(Map<String, String> others) {
        var all = new HashMap<>(values);
        others.forEach((name, value) -> {
            if (!fields.contains(name)) {
                all.putIfAbsent(name, value);
            }
        });
        return new Filled(all, errors, fields, alert);
    }

    /** Where the API can only say that a field isn't right, why it isn't. */
    public Filled saying(String name, Optional<String> problem) {
        if (problem.isEmpty() || !errors.containsKey(name)) {
            return this;
        }
        var all = new HashMap<>(errors);
        all.put(name, problem.get());
        return new Filled(values, all, fields, alert);
    }

    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    public @Nullable String error(String name) {
        return errors.get(name);
    }

    /** Whether something is wrong with a field whose name begins so. */
    public boolean failed(String prefix) {
        return errors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }
}
