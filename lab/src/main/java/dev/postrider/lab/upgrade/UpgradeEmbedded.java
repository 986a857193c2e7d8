package dev.postrider.lab.upgrade;

import dev.postrider.lab.crash.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * One program on the database in its data folder, replaced forth and back. Its callers go on all
 * the time, so it starts under their load, with what waits and what was begun when it ended.
 *
 * @param folder its data folder
 */
record UpgradeEmbedded(Trial trial, Node node, Path folder) {

    void run() throws IOException, InterruptedException, SQLException {
        var schemas = trial.schemas();
        var widened = Schemas.with(schemas.widened());
        var narrowed = Schemas.with(schemas.narrowed());
        trial.say("an old program on its own database");
        trial.say("it ends, and is the new version, which widens the schema");
        node.end();
        node.restart(trial.newLauncher(), widened);
        trial.say("it is killed, its database lives on, and it is the old version again");
        node.kill();
        node.restart(trial.oldLauncher(), Schemas.asItIs());
        trial.say("it is killed, and is the new version again");
        node.kill();
        node.restart(trial.newLauncher(), widened);
        trial.say("it ends, and is the old version again");
        node.end();
        node.restart(trial.oldLauncher(), Schemas.asItIs());
        trial.say("it is killed with its database, and is the new version");
        node.killWithDatabase(folder);
        node.restart(trial.newLauncher(), widened);

        trial.say("it is killed with its database, and is the version after that, which narrows");
        node.killWithDatabase(folder);
        node.restart(trial.newLauncher(), narrowed);
        trial.pause();
        node.end();
        trial.refuse(
                "the old version starts on the narrowed schema",
                trial.oldLauncher(),
                Schemas.asItIs(),
                schemas.refusal());
        trial.say("the new version starts on the narrowed schema as it is");
        node.restart(trial.newLauncher(), widened);
        trial.say("it is killed, and is the version after that");
        node.kill();
        node.restart(trial.newLauncher(), narrowed);
        trial.pause();
    }
}
