package dev.postrider.lab.crash;

import dev.postrider.lab.program.Api;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Callers who post emails to their node, whatever happens to it. */
final class Traffic {
    /** In the subject of an email that is not to be sent again when nobody knows. */
    static final String REPORT = "report";

    private static final int CALLERS_EACH = 4;
    private static final int LONGEST_PAUSE_MILLIS = 100;
    private static final String TEXT = "A line of text.\n".repeat(100) + ".\n.. and dots\n";

    private final Users users;
    private final RandomGenerator random;
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final List<Thread> callers;

    /** Written by the lab, read by the callers. */
    private volatile boolean over;

    Traffic(Users users, List<Node> nodes, RandomGenerator random) {
        this.users = users;
        this.random = random;
        this.callers =
                nodes.stream()
                        .flatMap(node ->
                                java.util.stream.IntStream.range(0, CALLERS_EACH)
                                        .mapToObj(_ ->
                                                Thread.ofVirtual().unstarted(() -> call(node))))
                        .toList();
    }

    void start() {
        callers.forEach(Thread::start);
    }

    /** Returns all calls, when the last one has its answer. */
    List<Call> end() throws InterruptedException {
        over = true;
        for (var caller : callers) {
            caller.join();
        }
        return List.copyOf(calls);
    }

    int soFar() {
        return calls.size();
    }

    private void call(Node node) {
        try {
            while (!over) {
                Thread.sleep(nextInt(LONGEST_PAUSE_MILLIS));
                var number = next.getAndIncrement();
                var subject = "lab " + number + (nextInt(4) == 0 ? " " + REPORT : "");
                var user = nextInt(users.count());
                calls.add(post(node, user, subject));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Call post(Node node, int user, String subject) throws InterruptedException {
        try {
            var answer =
                    users.api(user, node.port())
                            .post(
                                    "/smtp/send-email",
                                    Map.of(
                                            "to", "someone@example.org",
                                            "subject", subject,
                                            "message", TEXT),
                                    "Prefer",
                                    "wait=" + (nextInt(5) == 0 ? 2 : 0));
            return read(subject, user, answer);
        } catch (IOException _) {
            return new Call(subject, Call.Answered.UNCERTAIN, "");
        }
    }

    private Call read(String subject, int user, Api.Answer answer) throws IOException {
        if (answer.isGood()) {
            return new Call(subject, Call.Answered.ACCEPTED, answer.text("id"));
        }
        if (answer.status() == 401) {
            users.forgetToken(user);
        }
        return new Call(
                subject,
                answer.status() < 500 ? Call.Answered.REJECTED : Call.Answered.UNCERTAIN,
                "");
    }

    private synchronized int nextInt(int bound) {
        return random.nextInt(bound);
    }
}
