package dev.postrider.lab.upgrade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The version that is upgraded.
 *
 * @param launcher its script {@code postrider}
 * @param worktree where a commit was checked out, to be removed again
 */
record OldVersion(Path launcher, Optional<Path> worktree) implements AutoCloseable {

    /**
     * Finds or makes it.
     *
     * @param launcher of the version in this work tree
     * @param from a folder with an unpacked package, or a commit; this version itself when empty
     */
    static OldVersion of(Path launcher, Optional<String> from, Path folder)
            throws IOException, InterruptedException {
        if (from.isEmpty()) {
            return new OldVersion(launcher, Optional.empty());
        }
        var given = Path.of(from.get());
        for (var script : new String[] {"bin/postrider", "postrider"}) {
            var packaged = given.resolve(script).toAbsolutePath();
            if (Files.isRegularFile(packaged)) {
                return new OldVersion(packaged, Optional.empty());
            }
        }
        return checkOut(launcher, from.get(), folder.resolve("old"));
    }

    private static OldVersion checkOut(Path launcher, String commit, Path worktree)
            throws IOException, InterruptedException {
        run(
                "git",
                "-C",
                launcher.toAbsolutePath().resolveSibling("").toString(),
                "worktree",
                "add",
                "--detach",
                worktree.toString(),
                commit);
        var script = worktree.resolve("postrider");
        System.out.println("building " + commit);
        // the first command builds
        run(script.toString(), "keys", "create", worktree.resolve("unused-key.json").toString());
        return new OldVersion(script, Optional.of(worktree));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (worktree.isPresent()) {
            run(
                    "git",
                    "-C",
                    worktree.get().toString(),
                    "worktree",
                    "remove",
                    "--force",
                    worktree.get().toString());
        }
    }
}
