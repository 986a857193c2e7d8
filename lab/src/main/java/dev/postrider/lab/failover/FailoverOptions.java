package dev.postrider.lab.failover;

import dev.postrider.lab.crash.CrashLab;
import dev.postrider.lab.crash.NotUnderstood;
import java.util.List;
import java.util.Optional;

/**
 * How to run.
 *
 * @param common the rounds, in each of which each fault is made once; the seed; the faults' names
 * @param servers how many PostgreSQL there are
 * @param isStrict whether nothing is committed without a standby
 */
record FailoverOptions(
        CrashLab.Options common, Route route, int servers, EtcdApi etcd, boolean isStrict) {

    private static final int USUAL = 2;
    private static final int MOST = 5;

    /**
     * Reads {@code --through}, {@code --servers}, {@code --etcd3} and {@code --strict}.
     *
     * @throws NotUnderstood in a sentence, for whoever has typed it
     */
    static FailoverOptions parse(CrashLab.Options common, List<String> words) throws NotUnderstood {
        var through = after(words, "--through").orElse(Route.SESSION.text());
        var route = Route.parse(through);
        if (route.isEmpty()) {
            throw new NotUnderstood("--through is hosts, haproxy, session or transaction.");
        }
        var servers = after(words, "--servers").orElse(String.valueOf(USUAL));
        if (!servers.matches("[" + USUAL + "-" + MOST + "]")) {
            throw new NotUnderstood("--servers is a number from " + USUAL + " to " + MOST + ".");
        }
        for (var name : common.only()) {
            if (Fault.on(route.get(), List.of(name)).isEmpty()) {
                throw new NotUnderstood(
                        "--only "
                                + name
                                + ": through "
                                + through
                                + " there are "
                                + Fault.on(route.get(), List.of())
                                + ".");
            }
        }
        return new FailoverOptions(
                common,
                route.get(),
                Integer.parseInt(servers),
                words.contains("--etcd3") ? EtcdApi.V3 : EtcdApi.V2,
                words.contains("--strict"));
    }

    private static Optional<String> after(List<String> words, String name) {
        var index = words.indexOf(name);
        return index >= 0 && index + 1 < words.size()
                ? Optional.of(words.get(index + 1))
                : Optional.empty();
    }

    String text() {
        return "seed %d, through %s, %d servers, %s%s"
                .formatted(
                        common.seed(),
                        route.text(),
                        servers,
                        etcd.section(),
                        isStrict ? ", strict" : "");
    }
}
