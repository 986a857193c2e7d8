package dev.postrider.boot.command;

import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;

/**
 * {@code ./postrider serve}, for its help: without more words the server starts without it.
 *
 * @param environment looks a variable up
 */
@Command(
        name = "serve",
        description = {
            "Starts the server, and serves until it is stopped (SIGTERM, Ctrl-C).",
            "The environment variables POSTRIDER_… are its settings."
        })
record ServeCommand(Function<String, Optional<String>> environment) implements Runnable {
    @Override
    public void run() {
        new Serve(environment).run();
    }
}
