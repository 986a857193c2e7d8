package dev.postrider.lab.upgrade;

import dev.postrider.lab.crash.Node;
import java.io.IOException;
import java.sql.SQLException;

/** Two nodes on one server, replaced one after the other, forth and back. */
record UpgradeNodes(Trial trial, Node one, Node two) {

    void run() throws IOException, InterruptedException, SQLException {
        var schemas = trial.schemas();
        var widened = Schemas.with(schemas.widened());
        var narrowed = Schemas.with(schemas.narrowed());
        trial.say("two old nodes");
        trial.refuse(
                "a step that the old nodes don't work with is skipped",
                trial.newLauncher(),
                trial.third(narrowed),
                "nodes of an older Postrider run (one, two; schema " + schemas.old());

        trial.say("node one ends, and is the new version, which widens the schema");
        one.end();
        one.restart(trial.newLauncher(), widened);
        trial.say("node two, an old one, is killed, and starts on the wider schema");
        two.kill();
        two.restart(trial.oldLauncher(), Schemas.asItIs());
        trial.say("node two is killed, and is the new version");
        two.kill();
        two.restart(trial.newLauncher(), widened);
        trial.say("node one ends, and is the old version again");
        one.end();
        one.restart(trial.oldLauncher(), Schemas.asItIs());
        trial.say("node one is killed, and is the new version again");
        one.kill();
        one.restart(trial.newLauncher(), widened);

        trial.say("node one ends, and is the version after that, which narrows the schema");
        one.end();
        one.restart(trial.newLauncher(), narrowed);
        trial.refuse(
                "the old version starts on the narrowed schema",
                trial.oldLauncher(),
                trial.third(Schemas.asItIs()),
                schemas.refusal());
        trial.say("node two is killed, and starts on the narrowed schema as it is");
        two.kill();
        two.restart(trial.newLauncher(), widened);
        trial.say("node two ends, and is the version after that");
        two.end();
        two.restart(trial.newLauncher(), narrowed);
        trial.pause();
    }
}
