package dev.postrider.lab.crash;

import dev.postrider.testkit.program.Api;
import dev.postrider.testkit.program.OwnPostgres;
import dev.postrider.testkit.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Kills the program between every two steps of the short way of an email that somebody waits for,
 * and looks what became of that email. A start each: the one that finds the last step's email lying
 * there is the one that is killed at the next.
 */
public final class StepLab {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration END_WAIT = Duration.ofMinutes(2);
    private static final String TO = "someone@example.org";
    private static final String JAVA_OPTIONS = "-XX:+UseSerialGC -Xms64m -Xmx384m";

    private final CrashLab.Options options;
    private final StepSink sink;
    private final OwnPostgres postgres;
    private final Map<String, String> settings;
    private final Path log;
    private final Path armed;

    private StepLab(CrashLab.Options options, StepSink sink, OwnPostgres postgres, Path key) {
        this.options = options;
        this.sink = sink;
        this.postgres = postgres;
        this.settings = CrashLab.settings(postgres, key, options.lease());
        this.log = options.folder().resolve("steps.log");
        this.armed = options.folder().resolve("armed");
    }

    /** Returns whether each email became what it must. */
    public static boolean run(CrashLab.Options options)
            throws IOException, InterruptedException, SQLException {
        var key = options.folder().resolve("master-key.json");
        CrashLab.createKey(options, key);
        try (var sink = new StepSink();
                var postgres = OwnPostgres.create(options.folder().resolve("postgres"))) {
            return new StepLab(options, sink, postgres, key).run();
        }
    }

    private boolean run() throws IOException, InterruptedException, SQLException {
        var database = new LabDatabase(postgres);
        for (var step : Step.values()) {
            System.out.println("killed when " + step.text());
            kill(step, database);
        }
        try (var _ = start()) {
            CrashLab.awaitEnd(database, END_WAIT);
            return judge(database.emails(sink.received()));
        }
    }

    private Program start() throws IOException, InterruptedException {
        var all = new HashMap<>(settings);
        all.put("POSTRIDER_JAVA_OPTIONS", JAVA_OPTIONS + " -Dpostrider.stop-at=" + armed);
        return Program.start(options.launcher(), all, log).awaitReady();
    }

    private void kill(Step step, LabDatabase database)
            throws IOException, InterruptedException, SQLException {
        try (var program = start()) {
            var caller = Api.logIn(program.port(), Caller.USER, Caller.PASSWORD);
            if (step == Step.ADMITTED) {
                var _ = caller.connectMailbox(Caller.address(0), sink.port());
            }
            CrashLab.awaitEnd(database, END_WAIT);
            // from here on the lane is served
            if (send(caller, "before " + step).status() != 200) {
                throw new IOException("the email before " + step + " isn't sent: see " + log);
            }
            if (step.isSeenByServer()) {
                sink.arm(step);
            } else {
                Files.writeString(armed, step.name());
            }
            var last = CompletableFuture.runAsync(() -> sendToNoEnd(caller, subject(step)));
            awaitReached(step);
            program.kill();
            if (step.isSeenByServer()) {
                sink.killed();
            }
            Files.deleteIfExists(armed);
            last.join();
        }
    }

    private static Api.Answer send(Api caller, String subject)
            throws IOException, InterruptedException {
        return caller.post(
                "/smtp/send-email", Map.of("to", TO, "subject", subject, "message", "Hello"));
    }

    /** Its answer is lost with the program. */
    private static void sendToNoEnd(Api caller, String subject) {
        try {
            var answer = send(caller, subject);
            System.out.println("answered in spite of its end: " + answer);
        } catch (IOException _) {
            // as it must be
        } catch (InterruptedException e) {
            throw new IllegalStateException("the lab interrupts nobody", e);
        }
    }

    private static String subject(Step step) {
        return "killed at " + step;
    }

    private void awaitReached(Step step) throws IOException, InterruptedException {
        if (step.isSeenByServer()) {
            sink.awaitReached();
            return;
        }
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains("stopped at " + step)) {
            if (System.nanoTime() > end) {
                throw new IOException(step + " isn't reached; the program's words are in " + log);
            }
            Thread.sleep(20);
        }
    }

    private static boolean judge(List<Email> emails) {
        var isKept = true;
        System.out.println("| killed when | state | unknown | copies | |");
        System.out.println("| --- | --- | --- | ---: | --- |");
        for (var step : Step.values()) {
            var email = find(emails, step);
            var isSo = step.expected().is(email);
            isKept &= isSo;
            System.out.printf(
                    "| %s | %s | %s | %s | %s |%n",
                    step.text(),
                    email == null ? "none" : email.state(),
                    email != null && email.wasUnknown() ? "yes" : "no",
                    email == null ? 0 : email.copies().size(),
                    isSo ? "" : "**not " + step.expected() + "**");
        }
        for (var promise : Promise.ALL) {
            for (var email : emails.stream().filter(promise.isBrokenBy()).toList()) {
                isKept = false;
                System.out.println(promise.text() + ": " + email);
            }
        }
        System.out.println(isKept ? "every promise was kept" : "A PROMISE WAS BROKEN");
        return isKept;
    }

    private static @Nullable Email find(List<Email> emails, Step step) {
        return emails.stream()
                .filter(email -> email.subject().equals(subject(step)))
                .findFirst()
                .orElse(null);
    }
}
