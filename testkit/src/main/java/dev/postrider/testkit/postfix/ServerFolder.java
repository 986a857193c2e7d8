package dev.postrider.testkit.postfix;

import dev.postrider.testkit.daemon.ServerLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/** The one folder in which a server lives: configuration, queue, keys, mail and log. */
record ServerFolder(Path root) {

    /** Made under the system's temporary folder. */
    static ServerFolder create() throws IOException {
        return new ServerFolder(openToAll(Files.createTempDirectory("postrider-postfix-")));
    }

    Path postfixConfig() {
        return root.resolve("etc");
    }

    Path dovecotConfig() {
        return root.resolve("dovecot/dovecot.conf");
    }

    Path masterPid() {
        return root.resolve("queue/pid/master.pid");
    }

    Path newMail() {
        return root.resolve("mail/all/new");
    }

    /** The authority's own certificate, for pinning. */
    Path authority() {
        return root.resolve("tls/ca.pem");
    }

    /** A key and a certificate, as Postfix wants them. */
    Path serverChain() {
        return root.resolve("tls/server-chain.pem");
    }

    ServerLog log() {
        return new ServerLog(root.resolve("mail.log"));
    }

    /** A folder of root's that Postfix's and Dovecot's own users can pass through. */
    Path make(String folder) throws IOException {
        return openToAll(Files.createDirectory(root.resolve(folder)));
    }

    static void giveTo(String user, Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        var users = path.getFileSystem().getUserPrincipalLookupService();
        Files.setOwner(path, users.lookupPrincipalByName(user));
    }

    void deleteIfExists() throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Whatever the umask. */
    private static Path openToAll(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
