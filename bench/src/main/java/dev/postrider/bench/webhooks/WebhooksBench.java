package dev.postrider.bench.webhooks;

import static java.lang.String.format;

import dev.postrider.bench.rig.Arguments;
import dev.postrider.bench.rig.Page;
import dev.postrider.bench.rig.Percentiles;
import dev.postrider.bench.rig.ProgramRig;
import dev.postrider.bench.webhooks.Receiver.Mood;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One program and its endpoints, and their page. */
public final class WebhooksBench {
    public static final List<String> OPTIONS = List.of("--calls", "--seconds", "--dead");

    private static final int OF_A_WORKSPACE = 20;
    private static final int WELL = 100;
    private static final int SLOW = 50;
    private static final long EVERY_MILLIS = 500;

    private final Arguments arguments;
    private final ProgramRig rig;
    private final Receiver receiver;
    private final Events events;
    private final int calls;
    private final int seconds;
    private final int dead;
    private final List<Told> told = new ArrayList<>();

    /** From an event until an endpoint that is well has been told, by what is beside them. */
    private final Map<String, Percentiles> waits = new LinkedHashMap<>();

    private WebhooksBench(Arguments arguments, ProgramRig rig, Receiver receiver) {
        this.arguments = arguments;
        this.rig = rig;
        this.receiver = receiver;
        this.events = new Events(rig.connection());
        this.calls = arguments.number("--calls", 10_000);
        this.seconds = arguments.number("--seconds", 20);
        this.dead = arguments.number("--dead", 200);
    }

    /** Runs, prints, writes. */
    public static void run(Arguments arguments) throws Exception {
        try (var rig = ProgramRig.start(arguments.launcher());
                var receiver = Receiver.start()) {
            var bench = new WebhooksBench(arguments, rig, receiver);
            bench.run();
            Page.publish(
                    arguments,
                    WebhooksReport.of(bench.told, bench.waits, Page.machine(arguments.launcher())));
        }
    }

    private void run() throws IOException, InterruptedException, SQLException {
        connect(Mood.WELL, WELL);
        var _ = Told.of("", rig, receiver, events, calls / WELL, WELL);
        events.forgetAll();
        for (var endpoints : List.of(1, 100, 1_000)) {
            var title =
                    endpoints == 1 ? "1 endpoint" : format(Locale.ROOT, "%,d endpoints", endpoints);
            if (arguments.wants(String.valueOf(endpoints))) {
                say(title);
                connect(Mood.WELL, endpoints);
                told.add(
                        Told.of(
                                title,
                                rig,
                                receiver,
                                events,
                                Math.max(1, calls / endpoints / (endpoints == 1 ? 4 : 1)),
                                endpoints));
                events.forgetAll();
            }
        }
        if (arguments.wants("fair")) {
            connect(Mood.WELL, WELL);
            waits.put(format(Locale.ROOT, "%d that are well, alone", WELL), waits());
            connect(Mood.SLOW, SLOW);
            waits.put(format(Locale.ROOT, "and %d that take a second", SLOW), waits());
            connect(Mood.REFUSING, dead / 4);
            connect(Mood.DEAF, dead - dead / 4);
            waits.put(
                    format(
                            Locale.ROOT,
                            "and %d that refuse, %d that never answer",
                            dead / 4,
                            dead - dead / 4),
                    waits());
        }
    }

    /** By the API, as anybody makes them; as many as a workspace may have in each. */
    private void connect(Mood mood, int count)
            throws IOException, InterruptedException, SQLException {
        for (var i = 0; i < count; i++) {
            if (i % OF_A_WORKSPACE == 0) {
                events.move();
            }
            var webhook =
                    Map.of("endpoint", receiver.endpoint(mood, i), "events", List.of("email.sent"));
            var _ = rig.user().post("/webhooks", webhook).text("id");
        }
        events.move();
    }

    /** An event for all every half a second. */
    private Percentiles waits() throws IOException, InterruptedException, SQLException {
        say("how long those wait that are well");
        var _ = receiver.taken();
        var times = new HashMap<String, Long>();
        var begun = System.nanoTime();
        var rounds = seconds * 1_000L / EVERY_MILLIS;
        for (var i = 0; i < rounds; i++) {
            times.putAll(events.tell(1));
            var left = begun + (i + 1L) * EVERY_MILLIS * 1_000_000 - System.nanoTime();
            Thread.sleep(Math.max(0, left / 1_000_000));
        }
        return awaitWell(times);
    }

    /** Those that don't come in time count as if they came at the end of it. */
    private Percentiles awaitWell(Map<String, Long> times)
            throws IOException, InterruptedException {
        var wanted = times.size() * WELL;
        var waits = new ArrayList<Long>();
        var end = System.nanoTime() + 60_000_000_000L;
        while (waits.size() < wanted && System.nanoTime() < end) {
            for (var call : receiver.taken()) {
                var at = times.get(call.event());
                if (call.isWell() && at != null) {
                    waits.add(call.nanos() - at);
                }
            }
            Thread.sleep(50);
        }
        for (var i = waits.size(); i < wanted; i++) {
            waits.add(60_000_000_000L);
        }
        return Percentiles.of(waits.stream().mapToLong(Long::longValue).toArray());
    }

    private static void say(String words) {
        System.err.println(words + " …");
    }
}
