package dev.postrider.lab;

import dev.postrider.lab.crash.CrashLab;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** {@code lab crash [--rounds N] [--seed N] [--lease SECONDS]} */
public final class Lab {
    private Lab() {}

    public static void main(String... arguments) throws Exception {
        var words = List.of(arguments);
        if (words.isEmpty() || !words.getFirst().equals("crash")) {
            System.err.println("Which lab? crash. Then perhaps --rounds N, --seed N.");
            System.exit(2);
        }
        var launcher = Path.of(System.getProperty("postrider.launcher", "postrider"));
        var seed = option(words, "--seed", RandomGenerator.getDefault().nextInt(1_000_000));
        var folder =
                launcher.toAbsolutePath()
                        .resolveSibling("lab")
                        .resolve("target")
                        .resolve("crash-" + seed + "-" + ProcessHandle.current().pid());
        var options =
                new CrashLab.Options(
                        launcher,
                        folder,
                        option(words, "--rounds", 10),
                        seed,
                        option(words, "--lease", 30));
        System.exit(CrashLab.run(options) ? 0 : 1);
    }

    private static int option(List<String> words, String name, int otherwise) {
        var index = words.indexOf(name);
        return index >= 0 && index + 1 < words.size()
                ? Integer.parseInt(words.get(index + 1))
                : otherwise;
    }
}
