package dev.postrider.boot.command;

import dev.postrider.boot.CannotStart;
import dev.postrider.boot.Settings;
import dev.postrider.boot.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Settings as far as they can be used, for who wants to look at the rest too.
 *
 * @param refusals what is wrong with those that were left out
 */
record UsableSettings(Settings settings, List<String> refusals) {
    /** Of variables that are read together, one without the others would be another fault. */
    private static final Pattern TOGETHER = Pattern.compile("(TLS|OIDC|GOOGLE|MICROSOFT)_.*");

    private static final Pattern NAME = Pattern.compile("POSTRIDER_[A-Z_]+");

    UsableSettings {
        refusals = List.copyOf(refusals);
    }

    static UsableSettings read(Function<String, Optional<String>> environment) {
        var refusals = new ArrayList<String>();
        var without = EnumSet.noneOf(Variable.class);
        while (true) {
            try {
                return new UsableSettings(
                        Settings.read(name ->
                                Variable.named(name)
                                        .filter(variable -> !without.contains(variable))
                                        .flatMap(_ -> environment.apply(name))),
                        refusals);
            } catch (CannotStart e) {
                var message = String.valueOf(e.getMessage());
                refusals.add(message);
                if (!without.addAll(atFault(message))) {
                    without.addAll(EnumSet.allOf(Variable.class));
                }
            }
        }
    }

    private static Set<Variable> atFault(String message) {
        var all = EnumSet.noneOf(Variable.class);
        NAME.matcher(message)
                .results()
                .flatMap(found -> Variable.named(found.group()).stream())
                .forEach(variable -> all.addAll(with(variable)));
        if (message.startsWith("The apps at Google and Microsoft")) {
            all.addAll(with(Variable.GOOGLE_CLIENT_ID));
            all.addAll(with(Variable.MICROSOFT_CLIENT_ID));
            all.add(Variable.PROVIDERS_FILE);
        }
        if (message.startsWith("The OpenID settings")) {
            all.addAll(with(Variable.OIDC_ISSUER));
        }
        return all;
    }

    private static List<Variable> with(Variable variable) {
        var together = TOGETHER.matcher(variable.name());
        return together.matches()
                ? Arrays.stream(Variable.values())
                        .filter(each -> each.name().startsWith(together.group(1) + "_"))
                        .toList()
                : List.of(variable);
    }
}
