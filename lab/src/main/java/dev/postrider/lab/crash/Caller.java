package dev.postrider.lab.crash;

import dev.postrider.lab.provider.Account;
import dev.postrider.testkit.program.Api;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The one user, who sends through mailboxes of all kinds and keeps logging in. */
public final class Caller {
    static final String USER = "lab@example.com";
    static final String PASSWORD = "a password for the lab";
    public static final int MAILBOXES = 6;
    private static final int LOGINS = 10;

    /** So seldom that a round's fit into a sandbox mailbox, which keeps its newest thousand. */
    private static final int SANDBOX_ONCE_IN = 60;

    private static final String SANDBOX = "sandbox@example.com";

    /** What each provider's own limits would forbid. */
    private static final Map<String, Object> MANY =
            Map.of(
                    "messages_per_minute", 100_000,
                    "messages_per_day", 1_000_000,
                    "recipients_per_day", 1_000_000);

    private final AtomicReference<@Nullable String> token = new AtomicReference<>();

    /** A node that has just started on a busy machine may take longer than a call waits. */
    public void awaitLogin(int port) throws IOException, InterruptedException {
        for (var i = 1; i < LOGINS; i++) {
            try {
                var _ = at(port);
                return;
            } catch (IOException _) {
                Thread.sleep(500);
            }
        }
        var _ = at(port);
    }

    public void connectMailboxes(int port, int smtpPort) throws IOException, InterruptedException {
        for (var mailbox = 0; mailbox < MAILBOXES; mailbox++) {
            var _ = at(port).connectMailbox(address(mailbox), smtpPort);
        }
        var sandbox = Map.of("address", SANDBOX, "provider", "sandbox");
        var _ = at(port).post("/mailboxes", sandbox).text("id");
    }

    /** The same, but that each of them logs in, as itself. */
    public void connectMailboxes(int port, int smtpPort, String password)
            throws IOException, InterruptedException {
        for (var mailbox = 0; mailbox < MAILBOXES; mailbox++) {
            var address = address(mailbox);
            var server =
                    Map.of(
                            "host",
                            "127.0.0.1",
                            "port",
                            smtpPort,
                            "tls",
                            "none",
                            "username",
                            address,
                            "password",
                            password);
            var _ = at(port).connectMailbox(address, server);
        }
    }

    /** A mailbox sends as much as it is asked to. */
    void unlimit(int port, String mailbox) throws IOException, InterruptedException {
        var _ = at(port).patch("/mailboxes/" + mailbox, Map.of("limits", MANY)).text("id");
    }

    /** From now on the receiver is told what happens to mailboxes. */
    public void listen(int port, String url) throws IOException, InterruptedException {
        var _ =
                at(port).post("/webhooks", Map.of("endpoint", url, "events", HookReceiver.EVENTS))
                        .text("id");
    }

    /** One of all mailboxes' addresses, each third at a provider. */
    static String anyAddress(RandomGenerator random) {
        if (random.nextInt(3) == 0) {
            return Account.ALL.get(random.nextInt(Account.ALL.size())).address();
        }
        return random.nextInt(SANDBOX_ONCE_IN) == 0 ? SANDBOX : address(random.nextInt(MAILBOXES));
    }

    public static String address(int mailbox) {
        return "lab" + mailbox + "@example.com";
    }

    /** The API at a node; tokens are good at all of them. */
    public Api at(int port) throws IOException, InterruptedException {
        var known = token.get();
        if (known == null) {
            known = Api.logIn(port, USER, PASSWORD).token();
            token.set(known);
        }
        return new Api(port, known);
    }

    /** What a node shows, by a new token where the last one has expired. */
    public Api.Answer get(int port, String path) throws IOException, InterruptedException {
        var answer = at(port).get(path);
        if (answer.status() == 401) {
            forgetToken();
            return at(port).get(path);
        }
        return answer;
    }

    /** It has expired. */
    public void forgetToken() {
        token.set(null);
    }
}
