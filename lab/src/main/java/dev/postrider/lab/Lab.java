package dev.postrider.lab;

import dev.postrider.lab.backup.BackupLab;
import dev.postrider.lab.crash.CrashLab;
import dev.postrider.lab.crash.NotUnderstood;
import dev.postrider.lab.failover.FailoverLab;
import dev.postrider.lab.steps.StepLab;
import dev.postrider.lab.upgrade.UpgradeLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code lab crash [--rounds N] [--seed N] [--lease SECONDS] [--only TROUBLE,TROUBLE]}, {@code lab
 * steps [--lease SECONDS] [--only SMTP,GMAIL,GRAPH,GRAPH_DRAFT]}, {@code lab upgrade [--from
 * PACKAGE|FOLDER|COMMIT] [--seed N] [--lease SECONDS] [--only OWN,EMBEDDED]}, {@code lab backup
 * [--rounds N] [--seed N] [--lease SECONDS]}, {@code lab failover [--through
 * hosts|haproxy|session|transaction] [--servers N] [--strict] [--etcd3] [--rounds N] [--seed N]
 * [--lease SECONDS] [--only FAULT,FAULT]}
 */
public final class Lab {
    private Lab() {}

    public static void main(String... arguments) throws Exception {
        var words = List.of(arguments);
        if (words.isEmpty()
                || !List.of("crash", "steps", "upgrade", "backup", "failover")
                        .contains(words.getFirst())) {
            System.err.println(
                    "Which lab? crash or failover, perhaps with --rounds N, --seed N; steps, backup, or upgrade, perhaps with --from.");
            System.exit(2);
        }
        var launcher = Path.of(System.getProperty("postrider.launcher", "postrider"));
        var seed = option(words, "--seed", RandomGenerator.getDefault().nextInt(1_000_000));
        var folder =
                launcher.toAbsolutePath()
                        .resolveSibling("lab")
                        .resolve("target")
                        .resolve(
                                words.getFirst()
                                        + "-"
                                        + seed
                                        + "-"
                                        + ProcessHandle.current().pid());
        var options =
                new CrashLab.Options(
                        launcher,
                        folder,
                        option(words, "--rounds", rounds(words.getFirst())),
                        seed,
                        option(words, "--lease", 5),
                        only(words));
        Runtime.getRuntime().addShutdownHook(new Thread(Lab::endAll));
        var isKept = run(options, words);
        if (isKept) {
            delete(folder);
        }
        System.exit(isKept ? 0 : 1);
    }

    private static boolean run(CrashLab.Options options, List<String> words)
            throws IOException, InterruptedException, SQLException {
        try {
            return switch (words.getFirst()) {
                case "crash" -> CrashLab.run(options);
                case "steps" -> StepLab.run(options);
                case "backup" -> BackupLab.run(options);
                case "failover" -> FailoverLab.run(options, words);
                default -> UpgradeLab.run(options, text(words, "--from"));
            };
        } catch (NotUnderstood e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return false;
        }
    }

    private static int rounds(String lab) {
        return switch (lab) {
            case "failover" -> 1;
            case "backup" -> 4;
            default -> 10;
        };
    }

    /** What an interrupted lab leaves running; after a whole one there is nothing. */
    private static void endAll() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** {@code --only KILL_NODE,KILL_DATABASE}. */
    private static List<String> only(List<String> words) {
        var index = words.indexOf("--only");
        return index >= 0 && index + 1 < words.size()
                ? List.of(words.get(index + 1).split(",", -1))
                : List.of();
    }

    private static Optional<String> text(List<String> words, String name) {
        var index = words.indexOf(name);
        return index >= 0 && index + 1 < words.size()
                ? Optional.of(words.get(index + 1))
                : Optional.empty();
    }

    private static int option(List<String> words, String name, int otherwise) {
        var index = words.indexOf(name);
        return index >= 0 && index + 1 < words.size()
                ? Integer.parseInt(words.get(index + 1))
                : otherwise;
    }
}
