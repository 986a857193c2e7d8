package dev.postrider.boot.command;

import dev.postrider.boot.CannotStart;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * Understands an operator's words, and has the command that they name do its work.
 *
 * @param environment looks a variable up; settings are read only when a command needs them
 */
record Commands(Function<String, Optional<String>> environment, PrintStream terminal) {
    /** What the parser says of a command that has some of its own, and none was named. */
    private static final String MISSING_COMMAND = "Missing required subcommand";

    /** Each command once, in the order in which help lists them. */
    private List<Object> all() {
        return List.of(
                new ServeCommand(environment),
                new DemoCommand(),
                new KeysCommand(environment, terminal),
                new WorkspacesCommand(environment, terminal),
                new DoctorCommand(environment, terminal),
                new SettingsCommand(environment, terminal),
                new VersionCommand(terminal),
                new BackupCommand(environment, terminal),
                new RestoreCommand(environment, terminal),
                new UpgradeDatabaseCommand(environment, terminal),
                new HelpCommand(terminal));
    }

    CommandLine line() {
        var line = new CommandLine(new PostriderCommand());
        line.getCommandSpec().addOption(helpOption());
        all().forEach(line::addSubcommand);
        line.setOut(new PrintWriter(terminal, true, StandardCharsets.UTF_8));
        line.setUsageHelpWidth(100);
        return line;
    }

    /**
     * Runs the command.
     *
     * @return the exit status
     * @throws CannotStart when the words name none, or it says that it can't
     */
    int run(List<String> words) {
        try {
            var parsed = line().parseArgs(words.toArray(String[]::new));
            return new CommandLine.RunLast().execute(parsed);
        } catch (ParameterException e) {
            throw new CannotStart(refusal(words, e));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Each command and each of its own inherits it. */
    private static OptionSpec helpOption() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .scopeType(ScopeType.INHERIT)
                .description("Shows this, and ends.")
                .build();
    }

    private static String refusal(List<String> words, ParameterException refused) {
        var said = "\"" + String.join(" ", words) + "\" is not understood";
        var command = refused.getCommandLine();
        if (refused instanceof MissingParameterException) {
            return said + " (" + refused.getMessage() + "): see " + help(command);
        }
        if (MISSING_COMMAND.equals(refused.getMessage())) {
            return said + " (a command is missing): see " + help(command);
        }
        return said + ": see ./postrider help.";
    }

    private static String help(CommandLine command) {
        return command.getCommandSpec().qualifiedName() + " --help.";
    }
}
