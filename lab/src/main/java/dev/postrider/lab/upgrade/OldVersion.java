package dev.postrider.lab.upgrade;

import dev.postrider.lab.crash.NotUnderstood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

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
     * @param from a package (tar.gz or deb), a folder with one that was unpacked, or a commit; this
     *     version itself when empty
     * @param folder where it is unpacked or checked out
     * @throws NotUnderstood when it is none of them
     */
    static OldVersion of(Path launcher, Optional<String> from, Path folder)
            throws IOException, InterruptedException, NotUnderstood {
        if (from.isEmpty()) {
            return new OldVersion(launcher, Optional.empty());
        }
        var given = Path.of(from.get());
        var old = folder.resolve("old");
        if (Files.isRegularFile(given)) {
            return new OldVersion(in(unpack(given, old)), Optional.empty());
        }
        return Files.isDirectory(given)
                ? new OldVersion(in(given), Optional.empty())
                : checkOut(launcher, from.get(), old);
    }

    /** A package's script, the one of a Debian package's tree, or the one of a work tree. */
    private static Path in(Path program) throws IOException, NotUnderstood {
        try (var inside = Files.list(program)) {
            var folders =
                    Stream.concat(Stream.of(program), inside.filter(Files::isDirectory).sorted());
            return folders.flatMap(folder ->
                            Stream.of("bin/postrider", "lib/postrider/bin/postrider", "postrider")
                                    .map(folder::resolve))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .map(Path::toAbsolutePath)
                    .orElseThrow(() ->
                            new NotUnderstood(
                                    "--from " + program + ": there is no Postrider in it."));
        }
    }

    private static Path unpack(Path file, Path folder)
            throws IOException, InterruptedException, NotUnderstood {
        Files.createDirectories(folder);
        var name = file.getFileName().toString();
        if (name.endsWith(".tar.gz")) {
            run("tar", "-xzf", file.toString(), "-C", folder.toString());
        } else if (name.endsWith(".deb")) {
            run("dpkg-deb", "-x", file.toString(), folder.toString());
            // what leads every command to the service and its user
            Files.delete(folder.resolve("usr/lib/postrider/lib/installed"));
        } else {
            throw new NotUnderstood("--from " + file + ": a package is a .tar.gz or a .deb.");
        }
        return folder;
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
