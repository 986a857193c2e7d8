package dev.postrider.lab.crash;

import dev.postrider.lab.crash.Call.Answered;
import dev.postrider.testkit.program.Api;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Posts emails to all nodes, whatever happens to them. */
public final class Traffic {
    private static final int THREADS_EACH = 10;
    private static final int LONGEST_PAUSE_MILLIS = 200;
    private static final int LONGEST_REPEAT_MILLIS = 1_000;
    private static final int REPEATS = 20;
    private static final int SAMPLE_ONE_IN = 12;
    private static final String TO = "someone@example.org";
    private static final String TEXT = "A line of text.\n".repeat(100) + ".\n.. and dots\n";

    private static final List<String> ROUTES = List.of("smtp", "smtp", "gmail", "microsoft");

    private final Caller caller;
    private final List<Node> nodes;
    private final RandomGenerator random;
    private final Mailboxes mailboxes;
    private final String prefix;
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Posted> sample = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Written by the lab, read by the threads. */
    private volatile boolean over;

    /** Whose emails are posted. */
    public enum Mailboxes {
        ALL_KINDS,
        SMTP
    }

    Traffic(Caller caller, List<Node> nodes, RandomGenerator random) {
        this(caller, nodes, random, Mailboxes.ALL_KINDS, "lab");
    }

    /** With this before the number in each subject, so that no two streams have the same. */
    public Traffic(
            Caller caller,
            List<Node> nodes,
            RandomGenerator random,
            Mailboxes mailboxes,
            String prefix) {
        this.mailboxes = mailboxes;
        this.prefix = prefix;
        this.caller = caller;
        this.nodes = nodes;
        this.random = random;
        for (var i = 0; i < THREADS_EACH * nodes.size(); i++) {
            threads.add(Thread.ofVirtual().unstarted(this::run));
        }
    }

    public void start() {
        threads.forEach(Thread::start);
    }

    /** Returns all calls, when the last one has its answer. */
    public List<Call> end() throws InterruptedException {
        over = true;
        for (var thread : threads) {
            thread.join();
        }
        return List.copyOf(calls);
    }

    /** How many calls were made. */
    public int soFar() {
        return calls.size();
    }

    private void run() {
        try {
            while (!over) {
                Thread.sleep(nextInt(LONGEST_PAUSE_MILLIS));
                var subject = prefix + " " + next.getAndIncrement();
                if (nextInt(5) == 0) {
                    calls.add(sendAndWait(subject));
                } else {
                    post(subject);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** A call that can be made again. */
    private record Posted(Map<String, String> email, String subject) {}

    /** A call without an answer is made again, with the same key; some with one, too. */
    private void post(String subject) throws InterruptedException {
        var email =
                Map.of(
                        "from", anyAddress(),
                        "to", TO,
                        "subject", subject,
                        "text", TEXT,
                        "on_unknown", nextInt(4) == 0 ? "report" : "resend");
        var posted = new Posted(email, subject);
        var first = untilAnswered(posted);
        calls.add(first);
        if (first.isAccepted() && nextInt(SAMPLE_ONE_IN) == 0) {
            sample.add(posted);
            calls.add(untilAnswered(posted));
        }
    }

    private Call untilAnswered(Posted posted) throws InterruptedException {
        var call = call(posted);
        for (var i = 0; i < REPEATS && call.answered() == Answered.UNCERTAIN; i++) {
            Thread.sleep(nextInt(LONGEST_REPEAT_MILLIS));
            call = call(posted);
        }
        return call;
    }

    private Call call(Posted posted) throws InterruptedException {
        var subject = posted.subject();
        return call("/emails", posted.email(), subject, "Idempotency-Key", subject);
    }

    /** Makes some of the accepted calls once more, long after they were answered. */
    public List<Call> repeatAccepted() throws InterruptedException {
        var repeated = new ArrayList<Call>();
        for (var posted : sample) {
            repeated.add(untilAnswered(posted));
        }
        return repeated;
    }

    private Call sendAndWait(String subject) throws InterruptedException {
        var email = Map.of("to", TO, "subject", subject, "message", TEXT);
        var route =
                switch (mailboxes) {
                    case ALL_KINDS -> ROUTES.get(nextInt(ROUTES.size()));
                    case SMTP -> "smtp";
                };
        return call("/" + route + "/send-email", email, subject, "Prefer", "wait=2");
    }

    private Call call(String path, Map<String, String> email, String subject, String... headers)
            throws InterruptedException {
        var node = nodes.get(nextInt(nodes.size()));
        try {
            return read(subject, caller.at(node.port()).post(path, email, headers));
        } catch (IOException _) {
            return new Call(subject, Answered.UNCERTAIN, "", Instant.now());
        }
    }

    private Call read(String subject, Api.Answer answer) throws IOException {
        if (answer.isGood()) {
            return new Call(subject, Answered.ACCEPTED, answer.text("id"), Instant.now());
        }
        if (answer.status() == 401) {
            caller.forgetToken();
        }
        // 409 and 429 to a repeat say nothing of the first call
        return new Call(
                subject,
                answer.status() == 422 ? Answered.REJECTED : Answered.UNCERTAIN,
                answer.status() + " " + answer.body(),
                Instant.now());
    }

    private synchronized String anyAddress() {
        return switch (mailboxes) {
            case ALL_KINDS -> Caller.anyAddress(random);
            case SMTP -> Caller.address(random.nextInt(Caller.MAILBOXES));
        };
    }

    private synchronized int nextInt(int bound) {
        return random.nextInt(bound);
    }
}
