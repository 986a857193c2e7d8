package dev.postrider.lab.upgrade;

import dev.postrider.lab.crash.Caller;
import dev.postrider.lab.crash.ConnectDatabase;
import dev.postrider.lab.crash.CrashLab;
import dev.postrider.lab.crash.NaughtySink;
import dev.postrider.lab.crash.Node;
import dev.postrider.lab.crash.NotUnderstood;
import dev.postrider.lab.crash.Traffic;
import dev.postrider.testkit.program.OwnPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One upgrade with all its steps for each kind of database, and the verdicts. */
public final class UpgradeLab {
    private final CrashLab.Options options;
    private final OldVersion old;
    private final Path key;

    /** Whose database it is. */
    private enum Kind {
        /** An operator's own, with two nodes on it. */
        OWN,
        /** The one in the program. */
        EMBEDDED
    }

    private UpgradeLab(CrashLab.Options options, OldVersion old, Path key) {
        this.options = options;
        this.old = old;
        this.key = key;
    }

    /**
     * Returns whether every promise was kept.
     *
     * @param from the old version: a package, a folder, or a commit
     * @throws NotUnderstood when {@code --only} or {@code --from} names what there isn't
     */
    public static boolean run(CrashLab.Options options, Optional<String> from)
            throws IOException, InterruptedException, SQLException, NotUnderstood {
        options.expect(Kind.values());
        System.out.println("upgrade lab, seed " + options.seed() + ", in " + options.folder());
        Files.createDirectories(options.folder());
        var key = options.folder().resolve("master-key.json");
        var isKept = true;
        try (var old = OldVersion.of(options.launcher(), from, options.folder())) {
            CrashLab.createKey(options, key);
            var lab = new UpgradeLab(options, old, key);
            for (var kind : Kind.values()) {
                if (options.only().isEmpty() || options.only().contains(kind.name())) {
                    System.out.println("## " + kind);
                    isKept &=
                            switch (kind) {
                                case OWN -> lab.own();
                                case EMBEDDED -> lab.embedded();
                            };
                }
            }
        }
        return isKept;
    }

    private boolean own() throws IOException, InterruptedException, SQLException {
        try (var postgres = OwnPostgres.create(options.folder().resolve("postgres"))) {
            var settings = new HashMap<>(CrashLab.settings(postgres.url(), key, options.lease()));
            settings.putAll(Schemas.asItIs());
            try (var one = Node.start(old.launcher(), "one", settings, options.folder());
                    var two = Node.start(old.launcher(), "two", settings, options.folder())) {
                return upgrade(Kind.OWN, List.of(one, two), settings, postgres::connect);
            }
        }
    }

    private boolean embedded() throws IOException, InterruptedException, SQLException {
        var settings = new HashMap<>(CrashLab.settings(key, options.lease()));
        settings.putAll(Schemas.asItIs());
        var name = "embedded";
        try (var node = Node.start(old.launcher(), name, settings, options.folder())) {
            var folder = options.folder().resolve(name);
            settings.put("POSTRIDER_DATA_DIR", folder.toString());
            return upgrade(
                    Kind.EMBEDDED, List.of(node), settings, ConnectDatabase.embedded(folder));
        }
    }

    private boolean upgrade(
            Kind kind, List<Node> nodes, Map<String, String> settings, ConnectDatabase database)
            throws IOException, InterruptedException, SQLException {
        try (var sink = NaughtySink.start(new Random(options.seed()))) {
            var caller = new Caller();
            var port = nodes.getFirst().port();
            caller.awaitLogin(port);
            caller.connectMailboxes(port, sink.port());
            sink.misbehavePerThousand(20);
            var traffic =
                    new Traffic(
                            caller,
                            nodes,
                            new Random(options.seed()),
                            Traffic.Mailboxes.SMTP,
                            "lab");
            var trial = new Trial(options, old, settings, traffic, database);
            traffic.start();
            switch (kind) {
                case OWN -> new UpgradeNodes(trial, nodes.getFirst(), nodes.getLast()).run();
                case EMBEDDED ->
                        new UpgradeEmbedded(
                                        trial,
                                        nodes.getFirst(),
                                        options.folder().resolve("embedded"))
                                .run();
            }
            sink.misbehavePerThousand(0);
            return trial.judge(traffic.end(), sink, caller, nodes);
        }
    }
}
