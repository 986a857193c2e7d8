package dev.postrider.boot.command;

import dev.postrider.boot.UnknownVariables;
import dev.postrider.doctor.CheckSettings.Unknown;
import dev.postrider.doctor.Examine;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.logging.LogManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./postrider doctor}: what is wrong, and what to do. */
@Command(
        name = "doctor",
        description = {
            "Looks at the machine, the settings, the data folder, the database, the clock, names, mail"
                    + " servers, TLS files, keys and providers, and says what is wrong and what to do.",
            "It changes nothing, takes a quarter of a minute at most, and can run beside the server or"
                    + " when that can't start. The exit status is 1 when there is a problem."
        })
final class DoctorCommand implements Callable<Integer> {
    private final Function<String, Optional<String>> environment;
    private final PrintStream terminal;

    @Option(names = "--json", description = "For programs (docs/doctor.md).")
    private boolean json;

    DoctorCommand(Function<String, Optional<String>> environment, PrintStream terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        // what libraries say of their own work is no finding, and would spoil the JSON
        LogManager.getLogManager().reset();
        var unknown =
                UnknownVariables.among(System.getenv()).stream()
                        .map(each ->
                                new Unknown(
                                        each.variable(),
                                        each.meant().map(meant -> meant.variable())))
                        .toList();
        var report = new Examine().all(new DoctorChecks(environment, unknown)::all);
        if (json) {
            terminal.println(DoctorJson.of(report).toPrettyString());
        } else {
            report.lines().forEach(terminal::println);
        }
        return report.hasProblem() ? 1 : 0;
    }
}
