package dev.postrider.testkit.postfix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What must be installed, where Debian puts it. */
final class Packages {

    static final Path POSTFIX_MASTER = Path.of("/usr/lib/postfix/sbin/master");
    static final Path DOVECOT = Path.of("/usr/sbin/dovecot");

    private Packages() {}

    static void check() throws IOException {
        if (!Files.isExecutable(POSTFIX_MASTER) || !Files.isExecutable(DOVECOT)) {
            throw new IllegalStateException(
                    "A real mail server needs Debian's packages postfix and dovecot-core:"
                            + " apt-get install postfix dovecot-core");
        }
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            throw new IllegalStateException(
                    "A real mail server must be started by root: Postfix gives each of its processes a user");
        }
        var version = Commands.run(DOVECOT.toString(), "--version").strip();
        if (!version.startsWith("2.3.")) {
            throw new IllegalStateException(
                    "Dovecot 2.3 is needed, as in Debian 12, but this is "
                            + version
                            + ": 2.4 is configured in another language");
        }
    }
}
