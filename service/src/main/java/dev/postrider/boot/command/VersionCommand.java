package dev.postrider.boot.command;

import dev.postrider.boot.ProgramVersion;
import java.io.PrintStream;
import picocli.CommandLine.Command;

/** {@code ./postrider version}: what a report of a fault should begin with. */
@Command(
        name = "version",
        description = "Tells the version of the program, of Java and of the bundled PostgreSQL.")
record VersionCommand(PrintStream terminal) implements Runnable {
    @Override
    public void run() {
        terminal.println(ProgramVersion.read().describe());
    }
}
