package dev.postrider.boot.command;

import picocli.CommandLine.Command;

/** All commands in one. */
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
final class PostriderCommand {}
