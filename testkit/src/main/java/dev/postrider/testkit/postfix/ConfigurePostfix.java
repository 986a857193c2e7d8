package dev.postrider.testkit.postfix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes Postfix's configuration and makes the folders that it expects. */
record ConfigurePostfix(ServerFolder folder, PostfixSettings settings, Ports ports) {

    /** The uid of nobody, which virtual(8) takes on to deliver. */
    private static final int MAIL_OWNER = 65534;

    /**
     * As in {@code postfix-files}. {@code postfix check} would make them, with a dozen shell
     * processes.
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

    void run() throws IOException {
        makeQueues();
        makeMaildir();
        var config = folder.make("etc");
        for (String file : List.of("main.cf", "master.cf", "recipients", "header_checks")) {
            new Template(file).write(config, values());
        }
        if (settings.limitsOfItsOwn()) {
            var main = config.resolve("main.cf");
            Files.writeString(
                    main, Files.readString(main).replaceFirst("(?s)# Nothing slows.*", ""));
        }
        Files.writeString(config.resolve("senders"), senders());
        settle(config);
    }

    private void makeQueues() throws IOException {
        folder.make("queue");
        folder.make("queue/pid");
        for (String queue : QUEUES) {
            ServerFolder.giveTo("postfix", folder.make("queue/" + queue), "rwx------");
        }
        ServerFolder.giveTo("postfix", folder.make("data"), "rwx------");
    }

    private void makeMaildir() throws IOException {
        folder.make("mail");
        folder.make("mail/all");
        for (String part : List.of("tmp", "new", "cur")) {
            Files.setAttribute(folder.make("mail/all/" + part), "unix:uid", MAIL_OWNER);
        }
    }

    private Map<String, ?> values() {
        return Map.of(
                "root", folder.root(),
                "mailOwner", MAIL_OWNER,
                "messageSizeLimit", settings.messageSizeLimit(),
                "withheldExtensions", String.join(", ", settings.withheldExtensions()),
                "senderRestrictions", senderRestrictions(),
                "submission", ports.submission(),
                "implicitTls", ports.implicitTls(),
                "plain", ports.plain());
    }

    private String senderRestrictions() {
        return settings.sendersMustMatchLogin() ? "reject_sender_login_mismatch" : "";
    }

    /** Each address with the login that may use it: itself. */
    private String senders() {
        return settings.users().keySet().stream()
                .map(user -> user + " " + user + "\n")
                .collect(Collectors.joining());
    }

    /**
     * Postfix waits two seconds before it believes a file that has just been written, lest it still
     * grow.
     */
    private static void settle(Path config) throws IOException {
        var aMinuteAgo = FileTime.from(Instant.now().minus(Duration.ofMinutes(1)));
        try (var files = Files.newDirectoryStream(config)) {
            for (Path file : files) {
                Files.setLastModifiedTime(file, aMinuteAgo);
            }
        }
    }
}
