package dev.postrider.boot.command;

import dev.postrider.boot.Variable;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./postrider settings}: all there are, and which are set. */
@Command(
        name = "settings",
        description = {
            "Lists all settings: what each means, and what it is now, from the environment of this"
                    + " command. Secrets are never shown.",
            "In other forms:"
        })
final class SettingsCommand implements Runnable {
    private final Function<String, Optional<String>> environment;
    private final PrintStream terminal;

    @ArgGroup private @Nullable Form form;

    /** How else they are printed. */
    static final class Form {
        @Option(names = "--markdown", description = "As the table of docs/settings.md.")
        private boolean markdown;

        @Option(names = "--json", description = "For programs (docs/settings.md).")
        private boolean json;

        @Option(
                names = "--env",
                description =
                        "As a file of settings to fill in, such as"
                                + " /etc/postrider/postrider.env: all commented out.")
        private boolean env;
    }

    SettingsCommand(Function<String, Optional<String>> environment, PrintStream terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        terminal.print(text());
    }

    private String text() {
        if (form == null) {
            return SettingsTable.text(this::given);
        }
        if (form.markdown) {
            return SettingsTable.markdown();
        }
        if (form.env) {
            return SettingsTable.environmentFile();
        }
        return form.json ? SettingsTable.json(this::given) + "\n" : SettingsTable.text(this::given);
    }

    private Optional<String> given(Variable variable) {
        return environment
                .apply(variable.variable())
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
