package dev.postrider.lab.provider;

import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.http.CallLog;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.testkit.provider.run.FakeProviders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Which refresh tokens were used, and when. Of all threads and nodes one refreshes a grant, and
 * what it is given is used from then on: so no token of Microsoft's, who gives another each time,
 * is used twice, and none of Google's, who doesn't, twice within a short time; but for those whose
 * answer got lost.
 */
public final class Refreshes {
    /** Sooner no access token wants to be renewed. */
    private static final Duration SOON = Duration.ofSeconds(4);

    private final Queue<Use> uses = new ConcurrentLinkedQueue<>();
    private final Queue<Instant> disturbed = new ConcurrentLinkedQueue<>();

    /** When a call with an access token was answered 401, whatever was wrong with it. */
    private final Queue<Instant> refused = new ConcurrentLinkedQueue<>();

    /** Whether it gives another refresh token each time. */
    private record Use(boolean rotates, String token, int status, Instant at) {}

    Refreshes() {}

    static Refreshes of(FakeProviders fakes) {
        var refreshes = new Refreshes();
        fakes.google()
                .calls()
                .follow(call -> {
                    if (call.endpoint() == GoogleEndpoint.TOKEN) {
                        refreshes.add(call, false);
                    } else if (call.status() == 401) {
                        refreshes.refused(Instant.now());
                    }
                });
        fakes.microsoft()
                .calls()
                .follow(call -> {
                    if (call.endpoint() == MicrosoftEndpoint.TOKEN) {
                        refreshes.add(call, true);
                    } else if (call.status() == 401) {
                        refreshes.refused(Instant.now());
                    }
                });
        return refreshes;
    }

    private void add(CallLog.Call call, boolean rotates) {
        var token = call.request().form().get("refresh_token");
        token.ifPresent(value -> add(rotates, value, call.status(), Instant.now()));
    }

    void add(boolean rotates, String token, int status, Instant at) {
        uses.add(new Use(rotates, token, status, at));
    }

    /** Access tokens were taken away: whoever has one asks for another. */
    void disturbed() {
        disturbed.add(Instant.now());
    }

    /** Whoever is answered so has to renew what it was just given. */
    void refused(Instant at) {
        refused.add(at);
    }

    public int count() {
        return uses.size();
    }

    public long good() {
        return uses.stream().filter(use -> use.status() == 200).count();
    }

    /**
     * Tokens that were used once more although the answer to the use before had arrived.
     *
     * @param trouble whether the installation was in trouble at some time between two moments
     */
    public List<String> needless(BiPredicate<Instant, Instant> trouble) {
        var found = new ArrayList<String>();
        var byToken = uses.stream().collect(Collectors.groupingBy(Use::token));
        byToken.values()
                .forEach(same -> {
                    for (var i = 1; i < same.size(); i++) {
                        if (isNeedless(same.get(i - 1), same.get(i), trouble)) {
                            found.add(
                                    (same.get(i).rotates() ? "Microsoft" : "Google")
                                            + ": used at "
                                            + same.get(i - 1).at()
                                            + " and at "
                                            + same.get(i).at());
                        }
                    }
                });
        return found;
    }

    private boolean isNeedless(Use first, Use second, BiPredicate<Instant, Instant> trouble) {
        var isSoon = second.at().isBefore(first.at().plus(SOON));
        return first.status() == 200
                && (first.rotates() || isSoon)
                && !trouble.test(first.at(), second.at())
                && (first.rotates()
                        || (disturbed.stream().noneMatch(at -> isNear(at, first, second))
                                && refused.stream().noneMatch(at -> isBetween(at, first, second))));
    }

    private static boolean isNear(Instant at, Use first, Use second) {
        return !at.isBefore(first.at().minus(SOON)) && !at.isAfter(second.at());
    }

    private static boolean isBetween(Instant at, Use first, Use second) {
        return !at.isBefore(first.at()) && !at.isAfter(second.at());
    }
}
