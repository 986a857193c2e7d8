package dev.postrider.boot.command;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./postrider help}: the same as {@code --help}. */
@Command(name = "help", description = "Lists all commands, or says more about one.")
final class HelpCommand implements Runnable {
    private final PrintStream terminal;

    @Spec private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "One of them.")
    private @Nullable String command;

    HelpCommand(PrintStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("not run by its parser");
        }
        var all = spec.parent().commandLine();
        var asked = command == null ? all : all.getSubcommands().get(command);
        if (asked == null) {
            throw new ParameterException(spec.commandLine(), "there is no command " + command);
        }
        asked.usage(terminal, CommandLine.Help.Ansi.AUTO);
    }
}
