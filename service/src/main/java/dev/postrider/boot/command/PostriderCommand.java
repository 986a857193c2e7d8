package dev.postrider.boot.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** All commands in one; each of them understands {@code --help}. */
@Command(
        name = "./postrider",
        synopsisSubcommandLabel = "COMMAND",
        descriptionHeading = "%n",
        description = "Sends email through people's own mailboxes, by HTTP.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        footer = {
            "Without a command it serves. Settings are environment variables.",
            "COMMAND --help says more about one. What can't be done is said in a line, with status 78."
        })
final class PostriderCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this, and ends.")
    private boolean help;
}
