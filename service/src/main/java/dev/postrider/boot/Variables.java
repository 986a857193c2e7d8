package dev.postrider.boot;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads environment variables, each as a type; an empty one counts as unset. All methods throw
 * {@link CannotStart}, which names the variable, its value and what is expected.
 */
record Variables(Function<String, Optional<String>> environment) {
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})([smhd])");

    Optional<String> text(String name) {
        return environment.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    int port(String name, int otherwise) {
        var given = text(name).orElse(Integer.toString(otherwise));
        if (!given.matches("[0-9]{1,5}") || Integer.parseInt(given) > 65_535) {
            throw wrong(name, given, "a port from 0 (any free one) to 65535");
        }
        return Integer.parseInt(given);
    }

    int count(String name, int otherwise) {
        var given = text(name).orElse(Integer.toString(otherwise));
        if (!given.matches("[1-9][0-9]{0,8}")) {
            throw wrong(name, given, "a number of at least 1");
        }
        return Integer.parseInt(given);
    }

    Duration duration(String name, Duration otherwise) {
        return text(name).map(given -> duration(name, given)).orElse(otherwise);
    }

    private static Duration duration(String name, String given) {
        var parts = DURATION.matcher(given);
        if (!parts.matches()) {
            throw wrong(name, given, "a number and s, m, h or d, such as 30s or 3d");
        }
        var count = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    boolean flag(String name) {
        return switch (text(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            case String other -> throw wrong(name, other, "true or false");
        };
    }

    Optional<Path> path(String name) {
        try {
            return text(name).map(Path::of);
        } catch (InvalidPathException e) {
            throw new CannotStart(name + " is not a path: " + e.getMessage() + ".");
        }
    }

    /** One of an enum's constants, written in lower case. */
    <E extends Enum<E>> E choice(String name, E otherwise, String choices) {
        var given = text(name).orElse(otherwise.name().toLowerCase(Locale.ROOT));
        return Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(given))
                .findFirst()
                .orElseThrow(() -> wrong(name, given, choices));
    }

    private static CannotStart wrong(String name, String given, String expected) {
        return new CannotStart(name + " is \"" + given + "\": give " + expected + ".");
    }
}
