package dev.postrider.boot;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Variables that look like settings of ours and are none: a typing error is read by nobody. */
public final class UnknownVariables {
    private static final String PREFIX = "POSTRIDER_";

    /** Those of the launcher, of the labs and benches, and of tests. */
    private static final Pattern OF_THE_HOUSE =
            Pattern.compile("POSTRIDER_(JAVA_OPTIONS|BUILT|(BENCH|RECORD|TEST|LAB)_\\w+)");

    /** Kubernetes sets these for each service, and one is likely to be called postrider. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile(
                    "POSTRIDER_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?"
                            + "|PORT_[0-9]+_(TCP|UDP)(_(PROTO|PORT|ADDR))?)");

    /** The value of another of them, whose name alone could be a typing error of ours. */
    private static final Pattern LINK_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

    /** How many letters may differ from what was meant. */
    private static final int ALIKE = 3;

    /**
     * One of them.
     *
     * @param meant the setting whose name is most alike, if one is
     */
    public record Unknown(String variable, Optional<Variable> meant) {}

    private UnknownVariables() {}

    /** Those among an environment's variables. */
    public static List<Unknown> among(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(each -> !LINK_VALUE.matcher(each.getValue()).matches())
                .map(Map.Entry::getKey)
                .filter(UnknownVariables::isUnknown)
                .sorted()
                .map(name -> new Unknown(name, meant(name)))
                .toList();
    }

    private static boolean isUnknown(String name) {
        return name.startsWith(PREFIX)
                && Variable.named(name).isEmpty()
                && !OF_THE_HOUSE.matcher(name).matches()
                && !SERVICE_LINK.matcher(name).matches();
    }

    private static Optional<Variable> meant(String name) {
        return Arrays.stream(Variable.values())
                .min(Comparator.comparingInt(each -> distance(each.variable(), name)))
                .filter(each -> distance(each.variable(), name) <= ALIKE);
    }

    /** How many letters are to be put in, left out or replaced (Levenshtein). */
    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (var i = 1; i <= one.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.length(); j++) {
                var replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
