package dev.postrider.lab.crash;

import dev.postrider.lab.provider.Account;
import dev.postrider.lab.provider.LabProviders;
import dev.postrider.testkit.program.Api;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/**
 * What happens to grants and apps while nodes and the database die: one thing after the other, in a
 * thread of its own. Each is waited for until the program has noticed it, and then mended.
 */
final class GrantTrouble {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * An app that was refused is tried after 30 s; who dies within a trial keeps others from one
     * for two minutes, and an endpoint that errs makes it another minute.
     */
    private static final Duration UNTIL_TRIED = Duration.ofMinutes(4);

    private static final int LONGEST_PAUSE_MILLIS = 3_000;

    private final LabProviders providers;
    private final ConnectMailbox connect;
    private final Caller caller;
    private final List<Node> nodes;
    private final MailboxDatabase database;
    private final RandomGenerator random;
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);

    /** Their ids; written before the thread starts. */
    private final Map<Account, String> mailboxes = new HashMap<>();

    /** Read when the thread has ended. */
    private final Map<Told.Fact, Integer> happened = new HashMap<>();

    private final List<String> unnoticed = new ArrayList<>();
    private final Map<String, Integer> made = new HashMap<>();

    /** Written by the lab, read by the thread. */
    private volatile boolean over;

    GrantTrouble(
            LabProviders providers,
            Caller caller,
            List<Node> nodes,
            MailboxDatabase database,
            RandomGenerator random) {
        this.providers = providers;
        this.connect = new ConnectMailbox(providers, database);
        this.caller = caller;
        this.nodes = nodes;
        this.database = database;
        this.random = random;
    }

    /** All mailboxes by connect links, before there is any trouble. */
    void connectAll() throws IOException, InterruptedException, SQLException {
        for (var account : Account.ALL) {
            connect.again(this::api, account, Optional.empty());
            mailboxes.put(account, database.mailbox(account.address()).orElseThrow());
            unlimit(mailbox(account));
        }
    }

    /** Nodes that have just started are slow. */
    private void unlimit(String mailbox) throws InterruptedException {
        var isDone = false;
        while (!isDone) {
            try {
                caller.unlimit(node().port(), mailbox);
                isDone = true;
            } catch (IOException _) {
                Thread.sleep(300);
            }
        }
    }

    void start() {
        thread.start();
    }

    /** Returns when what was broken is mended. */
    void end() throws InterruptedException {
        over = true;
        thread.join();
    }

    private void run() {
        try {
            while (!over) {
                for (var act : shuffled()) {
                    if (over) {
                        return;
                    }
                    Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                    act.make();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            unnoticed.add("the lab couldn't go on: " + e);
        }
    }

    private interface Act {
        void make() throws IOException, InterruptedException;
    }

    private List<Act> shuffled() {
        var acts = new ArrayList<Act>();
        for (var provider : Account.Provider.values()) {
            acts.add(() -> revoke(any(provider)));
            acts.add(() -> expire(any(provider)));
            acts.add(() -> race(any(provider)));
            acts.add(() -> breakApp(provider));
        }
        Collections.shuffle(acts, random);
        return acts;
    }

    private Account any(Account.Provider provider) {
        var all = Account.ALL.stream().filter(account -> account.provider() == provider).toList();
        return all.get(random.nextInt(all.size()));
    }

    private void expire(Account account) {
        count("access tokens expired");
        providers.expireTokens(account);
    }

    /** Both nodes want another token at the same time. */
    private void race(Account account) {
        count("races for a token");
        var path = "/mailboxes/" + mailbox(account) + "/verify";
        providers.expireTokens(account);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var node : nodes) {
                threads.execute(() -> verify(node, path));
            }
        }
    }

    private void verify(Node node, String path) {
        try {
            var _ = caller.at(node.port()).post(path, Map.of());
        } catch (IOException _) {
            // it is dead
        } catch (InterruptedException e) {
            throw new IllegalStateException("the lab interrupts nobody", e);
        }
    }

    private void revoke(Account account) throws IOException, InterruptedException {
        count("grants revoked");
        var mailbox = mailbox(account);
        providers.revoke(account);
        happens("mailbox.held", mailbox);
        if (!database.await(PATIENCE, () -> database.isHeld(mailbox))) {
            unnoticed.add("the end of the grant of " + account.address());
            return;
        }
        Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        connect.again(this::api, account, Optional.of(mailbox));
        happens("mailbox.released", mailbox);
    }

    private void breakApp(Account.Provider provider) throws InterruptedException {
        count("apps broken");
        providers.breakApp(provider);
        happens("provider_app.failing", provider.text());
        if (!database.await(PATIENCE, () -> database.isFailing(provider.text()))) {
            unnoticed.add("that the app of " + provider.text() + " is refused");
        }
        Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        providers.mendApp(provider);
        happens("provider_app.recovered", provider.text());
        if (!database.await(UNTIL_TRIED, () -> !database.isFailing(provider.text()))) {
            unnoticed.add("that the app of " + provider.text() + " is mended");
        }
    }

    private String mailbox(Account account) {
        return Objects.requireNonNull(mailboxes.get(account));
    }

    private Node node() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private Api api() throws IOException, InterruptedException {
        return caller.at(node().port());
    }

    /** What the program must have told of, when this has ended. */
    Map<Told.Fact, Integer> happened() {
        return Map.copyOf(happened);
    }

    /** What the program has not noticed, or the lab couldn't do. */
    List<String> unnoticed() {
        return List.copyOf(unnoticed);
    }

    Map<String, Integer> made() {
        return new TreeMap<>(made);
    }

    private void count(String what) {
        made.merge(what, 1, Integer::sum);
    }

    private void happens(String type, String of) {
        happened.merge(new Told.Fact(type, of), 1, Integer::sum);
    }
}
