package dev.postrider.testkit.provider.run;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What {@link RunProviders} was started with.
 *
 * @param product without a slash at its end
 */
record RunArguments(
        int googlePort,
        int microsoftPort,
        int pagePort,
        Optional<String> product,
        List<String> addresses) {
    RunArguments {
        addresses = List.copyOf(addresses);
    }

    static RunArguments parse(List<String> arguments) {
        int google = 0;
        int microsoft = 0;
        int page = 0;
        Optional<String> product = Optional.empty();
        var addresses = new ArrayList<String>();
        for (Iterator<String> each = arguments.iterator(); each.hasNext(); ) {
            String argument = each.next();
            switch (argument) {
                case "--google-port" -> google = Integer.parseInt(value(argument, each));
                case "--microsoft-port" -> microsoft = Integer.parseInt(value(argument, each));
                case "--page-port" -> page = Integer.parseInt(value(argument, each));
                case "--product" ->
                        product = Optional.of(value(argument, each).replaceFirst("/+$", ""));
                default -> {
                    if (argument.indexOf('@') < 1) {
                        throw new IllegalArgumentException(
                                "\"" + argument + "\" is neither an option nor an address");
                    }
                    addresses.add(argument);
                }
            }
        }
        return new RunArguments(google, microsoft, page, product, addresses);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }
}
