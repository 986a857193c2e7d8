package dev.postrider.lab.steps;

import dev.postrider.lab.crash.Caller;
import dev.postrider.lab.crash.ConnectMailbox;
import dev.postrider.lab.crash.CrashLab;
import dev.postrider.lab.crash.HookReceiver;
import dev.postrider.lab.crash.LabDatabase;
import dev.postrider.lab.crash.MailboxDatabase;
import dev.postrider.lab.crash.NotUnderstood;
import dev.postrider.lab.crash.Told;
import dev.postrider.lab.provider.Account;
import dev.postrider.lab.provider.LabProviders;
import dev.postrider.testkit.program.Api;
import dev.postrider.testkit.program.OwnPostgres;
import dev.postrider.testkit.program.Program;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Kills the program between every two steps of the short way of an email that somebody waits for,
 * through a server and through both providers' APIs, and of one that is so large that it takes a
 * draft; and looks what became of that email. A start each: the one that finds the last step's
 * email lying there is the one that is killed at the next.
 */
public final class StepLab {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration END_WAIT = Duration.ofMinutes(2);
    private static final int WARM_UPS = 10;
    private static final int LARGE = 5_000_000;
    private static final String TO = "someone@example.org";

    private final CrashLab.Options options;
    private final StepSink sink;
    private final LabProviders providers;
    private final MailboxDatabase mailboxes;
    private final LabDatabase database;
    private final Map<String, String> settings;
    private final Path armed;
    private final ConnectMailbox connect;

    /** Whose grant is over; the next start finds it out. */
    private Optional<Account> revoked = Optional.empty();

    /** How often what is to be told has happened. */
    private final Map<Told.Fact, Integer> happened = new HashMap<>();

    private StepLab(
            CrashLab.Options options,
            StepSink sink,
            LabProviders providers,
            OwnPostgres postgres,
            Path key)
            throws IOException {
        this.options = options;
        this.sink = sink;
        this.providers = providers;
        this.mailboxes = new MailboxDatabase(postgres::connect);
        this.database = new LabDatabase(postgres::connect);
        this.settings = CrashLab.settings(postgres, key, options, providers);
        this.armed = options.folder().resolve("armed");
        this.connect = new ConnectMailbox(providers, mailboxes);
    }

    /**
     * Returns whether each email became what it must.
     *
     * @throws NotUnderstood when a way is named that there isn't
     */
    public static boolean run(CrashLab.Options options)
            throws IOException, InterruptedException, SQLException, NotUnderstood {
        options.expect(Way.values());
        var key = options.folder().resolve("master-key.json");
        CrashLab.createKey(options, key);
        try (var sink = new StepSink();
                var providers =
                        LabProviders.start(new Random(options.seed()), LabProviders.LONG_TOKENS);
                var postgres = OwnPostgres.create(options.folder().resolve("postgres"))) {
            return new StepLab(options, sink, providers, postgres, key).run();
        }
    }

    private boolean run() throws IOException, InterruptedException, SQLException {
        try (var hook = HookReceiver.start()) {
            setUp(hook);
            for (var way : ways()) {
                for (var step : way.steps()) {
                    System.out.println(way + ", killed when " + step.text());
                    kill(way, step);
                }
            }
            try (var program = start("others")) {
                settle(logIn(program));
                CrashLab.awaitEnd(() -> mailboxes.undelivered() + database.drafts() == 0, END_WAIT);
            }
            return judge(hook);
        }
    }

    private void setUp(HookReceiver hook) throws IOException, InterruptedException {
        var caller = new Caller();
        try (var program = start("others")) {
            caller.awaitLogin(program.port());
            caller.listen(program.port(), hook.url());
            for (var way : ways()) {
                if (way.account().isPresent()) {
                    connect.again(
                            () -> caller.at(program.port()), way.account().get(), Optional.empty());
                } else {
                    var mailbox =
                            caller.at(program.port())
                                    .connectMailbox(Caller.address(0), sink.port());
                    happened.put(new Told.Fact("mailbox.connected", mailbox), 1);
                }
            }
        }
    }

    private List<Way> ways() {
        return Arrays.stream(Way.values())
                .filter(way -> options.only().isEmpty() || options.only().contains(way.name()))
                .toList();
    }

    private Path log(String of) {
        return options.folder().resolve(of + ".log");
    }

    private Program start(String of) throws IOException, InterruptedException {
        var all = new HashMap<>(settings);
        all.put(
                CrashLab.JAVA_OPTIONS_VARIABLE,
                CrashLab.JAVA_OPTIONS + " -Dpostrider.stop-at=" + armed);
        return Program.start(options.launcher(), all, log(of)).awaitReady();
    }

    private static Api logIn(Program program) throws IOException, InterruptedException {
        var caller = new Caller();
        caller.awaitLogin(program.port());
        return caller.at(program.port());
    }

    private void kill(Way way, Step step) throws IOException, InterruptedException, SQLException {
        try (var program = start(way.name())) {
            var caller = logIn(program);
            settle(caller);
            if (way.isAwaited()) {
                // from here on the lane is served
                warmUp(caller, way, step);
            }
            disturb(way, step);
            var server = server(way);
            if (step.isSeenByServer()) {
                server.arm(step);
            } else {
                Files.writeString(armed, step.name());
            }
            var last = CompletableFuture.runAsync(() -> sendToNoEnd(caller, way, step));
            awaitReached(server, way, step);
            program.kill();
            if (step.isSeenByServer()) {
                server.killed();
            }
            Files.deleteIfExists(armed);
            last.join();
        }
    }

    /** Until an email is sent at once; on a busy machine the first ones may take their time. */
    private void warmUp(Api caller, Way way, Step step) throws IOException, InterruptedException {
        for (var i = 0; i < WARM_UPS; i++) {
            try {
                if (send(caller, way, "before " + step).status() == 200) {
                    return;
                }
            } catch (HttpTimeoutException _) {
                // the next one
            }
        }
        throw new IOException("the email before " + step + " isn't sent: see " + log(way.name()));
    }

    /** What the last kill left behind: mailboxes that are held, emails that aren't sent. */
    private void settle(Api caller) throws IOException, InterruptedException, SQLException {
        if (revoked.isPresent()) {
            var account = revoked.get();
            var mailbox = mailboxes.mailbox(account.address()).orElseThrow();
            if (!mailboxes.await(END_WAIT, () -> mailboxes.isHeld(mailbox))) {
                throw new IOException(
                        account.address() + " isn't held: see the logs in " + options.folder());
            }
            connect.again(() -> caller, account, Optional.of(mailbox));
            revoked = Optional.empty();
        }
        CrashLab.awaitEnd(() -> database.unfinished() == 0, END_WAIT);
    }

    /** The next request's token isn't taken; or the grant is over. */
    private void disturb(Way way, Step step) throws SQLException {
        if (step.part() == Step.Part.TOKENS) {
            providers.expireTokens(way.account().orElseThrow());
        }
        if (step.part() == Step.Part.GRANTS) {
            var account = way.account().orElseThrow();
            var mailbox = mailboxes.mailbox(account.address()).orElseThrow();
            providers.revoke(account);
            providers.expireTokens(account);
            revoked = Optional.of(account);
            happened.merge(new Told.Fact("mailbox.held", mailbox), 1, Integer::sum);
            happened.merge(new Told.Fact("mailbox.released", mailbox), 1, Integer::sum);
        }
    }

    private StepServer server(Way way) {
        return switch (way) {
            case SMTP -> sink;
            case GMAIL ->
                    new StepApi(
                            providers.google().faults(), GoogleEndpoint.SEND, GoogleEndpoint.TOKEN);
            case GRAPH, GRAPH_DRAFT ->
                    new StepApi(
                            providers.microsoft().faults(),
                            MicrosoftEndpoint.SEND_MAIL,
                            MicrosoftEndpoint.TOKEN);
        };
    }

    private static Api.Answer send(Api caller, Way way, String subject)
            throws IOException, InterruptedException {
        return caller.post(
                "/" + way.route() + "/send-email",
                Map.of("to", TO, "subject", subject, "message", "Hello"));
    }

    /** Nobody waits for it; its file is uploaded in two ranges. */
    private static Api.Answer sendLarge(Api caller, Way way, String subject)
            throws IOException, InterruptedException {
        var file = Base64.getEncoder().encodeToString(new byte[LARGE]);
        return caller.post(
                "/emails",
                Map.of(
                        "from",
                        way.account().orElseThrow().address(),
                        "to",
                        TO,
                        "subject",
                        subject,
                        "text",
                        "Hello",
                        "attachments",
                        List.of(Map.of("filename", "film.mp4", "content", file))));
    }

    /** Who waits for its answer loses it with the program. */
    private static void sendToNoEnd(Api caller, Way way, Step step) {
        try {
            var subject = JudgeSteps.subject(way, step);
            if (!way.isAwaited()) {
                var _ = sendLarge(caller, way, subject).text("id");
                return;
            }
            System.out.println("answered in spite of its end: " + send(caller, way, subject));
        } catch (IOException _) {
            // as it must be
        } catch (InterruptedException e) {
            throw new IllegalStateException("the lab interrupts nobody", e);
        }
    }

    private void awaitReached(StepServer server, Way way, Step step)
            throws IOException, InterruptedException {
        if (step.isSeenByServer()) {
            server.awaitReached();
            return;
        }
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log(way.name())).contains("stopped at " + step)) {
            if (System.nanoTime() > end) {
                throw new IOException(
                        step + " isn't reached; the program's words are in " + log(way.name()));
            }
            Thread.sleep(20);
        }
    }

    private boolean judge(HookReceiver hook) throws SQLException {
        var received = sink.received();
        for (var account : Account.EVERY) {
            providers.sent(account).forEach(received::add);
        }
        happened.putAll(mailboxes.connected());
        var told = new Told(happened, mailboxes.events(), hook.told());
        var wrong = new ArrayList<>(told.wrong());
        wrong.addAll(told.undelivered());
        wrong.addAll(mailboxes.notActive());
        providers.drafts(Account.LARGE).forEach(draft -> wrong.add("left as a draft: " + draft));
        var isKept = new JudgeSteps(ways(), database.emails(received), wrong).print();
        System.out.println(isKept ? "every promise was kept" : "A PROMISE WAS BROKEN");
        return isKept;
    }
}
