package dev.postrider.smtp.testkit.postfix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The one folder in which a server lives: configuration, queue, keys, mail and log. */
record ServerFolder(Path root) {

    /** Nobody's uid, which virtual(8) takes on to deliver. */
    private static final int MAIL_OWNER = 65534;

    /**
     * Those that {@code postfix check} would make, with its owner and modes; that takes seconds.
     */
    private static final List<String> QUEUES =
            List.of(
                    "active",
                    "bounce",
                    "corrupt",
                    "defer",
                    "deferred",
                    "flush",
                    "hold",
                    "incoming",
                    "maildrop",
                    "private",
                    "public",
                    "saved",
                    "trace");

    static ServerFolder create() throws IOException {
        var root = Files.createTempDirectory("postrider-postfix-");
        openToAll(root);
        return new ServerFolder(root);
    }

    void fill(PostfixSettings settings, Ports ports, AccessTokens tokens) throws IOException {
        makeQueues();
        makeMaildir();
        new PrivateAuthority(make("tls")).certify(settings.certifiedFor());
        configurePostfix(settings, ports);
        configureDovecot(settings, tokens);
        new Template("guard.sh").write(root, Map.of());
    }

    Path postfixConfig() {
        return root.resolve("etc");
    }

    Path dovecotConfig() {
        return root.resolve("dovecot/dovecot.conf");
    }

    Path guardScript() {
        return root.resolve("guard.sh");
    }

    Path masterPid() {
        return root.resolve("queue/pid/master.pid");
    }

    Path newMail() {
        return root.resolve("mail/all/new");
    }

    PrivateAuthority authority() {
        return new PrivateAuthority(root.resolve("tls"));
    }

    ServerLog log() {
        return new ServerLog(root.resolve("mail.log"));
    }

    void delete() throws IOException {
        try (var tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void makeQueues() throws IOException {
        make("queue");
        make("queue/pid");
        for (String queue : QUEUES) {
            giveTo("postfix", make("queue/" + queue), "rwx------");
        }
        giveTo("postfix", make("data"), "rwx------");
    }

    private void makeMaildir() throws IOException {
        for (String folder :
                List.of("mail", "mail/all", "mail/all/tmp", "mail/all/new", "mail/all/cur")) {
            Files.setAttribute(make(folder), "unix:uid", MAIL_OWNER);
        }
    }

    private void configurePostfix(PostfixSettings settings, Ports ports) throws IOException {
        var values =
                Map.of(
                        "root", root,
                        "mailOwner", MAIL_OWNER,
                        "messageSizeLimit", settings.messageSizeLimit(),
                        "withheldExtensions", String.join(",", settings.withheldExtensions()),
                        "senderRestrictions",
                                settings.sendersMustMatchLogin()
                                        ? "reject_sender_login_mismatch"
                                        : "",
                        "submission", ports.submission(),
                        "implicitTls", ports.implicitTls(),
                        "plain", ports.plain());
        var config = make("etc");
        for (String file : List.of("main.cf", "master.cf", "recipients", "header_checks")) {
            new Template(file).write(config, values);
        }
        Files.writeString(config.resolve("senders"), lines(settings.users().keySet(), "%1$s %1$s"));
    }

    private void configureDovecot(PostfixSettings settings, AccessTokens tokens)
            throws IOException {
        var values = Map.of("root", root, "mailOwner", MAIL_OWNER);
        var config = make("dovecot");
        new Template("dovecot.conf").write(config, values);
        new Template("oauth2.conf").write(config, values);
        writeSecret(config.resolve("users"), passwords(settings.users()));
        make("dovecot/keys");
        make("dovecot/keys/default");
        writeSecret(make("dovecot/keys/default/HS256").resolve("default"), tokens.keyInBase64());
    }

    private static String passwords(Map<String, String> users) {
        var base64 = Base64.getEncoder();
        return users.entrySet().stream()
                .map(user ->
                        user.getKey()
                                + ":{PLAIN.b64}"
                                + base64.encodeToString(
                                        user.getValue().getBytes(StandardCharsets.UTF_8))
                                + "\n")
                .collect(Collectors.joining());
    }

    private static String lines(Set<String> names, String format) {
        return names.stream()
                .map(name -> format.formatted(name) + "\n")
                .collect(Collectors.joining());
    }

    private static void writeSecret(Path file, String text) throws IOException {
        giveTo("dovecot", Files.writeString(file, text), "rw-------");
    }

    private Path make(String folder) throws IOException {
        return openToAll(Files.createDirectory(root.resolve(folder)));
    }

    /** Postfix and Dovecot work as users of their own, whatever the umask. */
    private static Path openToAll(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void giveTo(String user, Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        Files.setOwner(
                path,
                path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    }
}
