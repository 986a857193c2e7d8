package dev.postrider.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads environment variables, each as a type; an empty one counts as unset, and one that isn't set
 * has the value that {@link Variable} declares. All methods throw {@link CannotStart}, which names
 * the variable, its value and what is expected.
 */
record Variables(Function<String, Optional<String>> environment) {
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})([smhd])");

    /** What Kubernetes puts into the environment for a service whose name makes our variable's. */
    private static final String SERVICE_LINK = "tcp://";

    Optional<String> text(Variable variable) {
        return environment
                .apply(variable.variable())
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .or(variable::standard);
    }

    /** A variable that isn't ours alone, under the name that a standard gives it. */
    Optional<String> standard(String name) {
        return environment.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A secret: in the variable itself, or in a file that the other one names. */
    Optional<String> secret(Variable variable, Variable file) {
        var text = text(variable);
        var path = path(file);
        if (text.isPresent() && path.isPresent()) {
            throw new CannotStart(
                    variable.variable()
                            + " and "
                            + file.variable()
                            + " are both set: give the secret in one of them.");
        }
        return text.or(() -> path.map(each -> content(file, each)));
    }

    private static String content(Variable variable, Path file) {
        try {
            var content = Files.readString(file).strip();
            if (content.isEmpty()) {
                throw new CannotStart(
                        variable.variable() + " is \"" + file + "\", which is empty.");
            }
            return content;
        } catch (IOException e) {
            throw new CannotStart(
                    variable.variable() + " is \"" + file + "\", which can't be read as text.");
        }
    }

    int port(Variable variable) {
        var given = value(variable);
        if (given.startsWith(SERVICE_LINK)) {
            throw wrong(
                    variable,
                    given,
                    "a port; Kubernetes has set it for a service of that name: give the service"
                            + " another, or set enableServiceLinks: false");
        }
        if (!given.matches("[0-9]{1,5}") || Integer.parseInt(given) > 65_535) {
            throw wrong(variable, given, "a port from 0 (any free one) to 65535");
        }
        return Integer.parseInt(given);
    }

    int count(Variable variable) {
        var given = value(variable);
        if (!given.matches("[1-9][0-9]{0,8}")) {
            throw wrong(variable, given, "a number of at least 1");
        }
        return Integer.parseInt(given);
    }

    Duration duration(Variable variable) {
        var given = value(variable);
        var parts = DURATION.matcher(given);
        if (!parts.matches()) {
            throw wrong(variable, given, "a number and s, m, h or d, such as 30s or 3d");
        }
        var count = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    boolean flag(Variable variable) {
        return switch (value(variable)) {
            case "true" -> true;
            case "false" -> false;
            case String other -> throw wrong(variable, other, "true or false");
        };
    }

    Optional<Path> path(Variable variable) {
        try {
            return text(variable).map(Path::of);
        } catch (InvalidPathException e) {
            throw new CannotStart(variable.variable() + " is not a path: " + e.getMessage() + ".");
        }
    }

    /** One of an enum's constants, written in lower case. */
    <E extends Enum<E>> E choice(Variable variable, Class<E> type, String choices) {
        var given = value(variable);
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(given))
                .findFirst()
                .orElseThrow(() -> wrong(variable, given, choices));
    }

    /** Of a variable that has one when it isn't given. */
    private String value(Variable variable) {
        return text(variable).orElseThrow();
    }

    private static CannotStart wrong(Variable variable, String given, String expected) {
        return new CannotStart(
                variable.variable() + " is \"" + given + "\": give " + expected + ".");
    }
}
