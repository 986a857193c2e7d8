package dev.postrider.http.filter;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Lets a client ask for {@code application/problem+json} alone. It wants its errors so; the
 * operations produce plain JSON and would be taken for not acceptable. An Accept that can't be read
 * counts as none (RFC 9110, 12.5.1).
 */
@Singleton
final class AcceptProblems {
    private static final int EARLY = 1_000;

    /** Characters of all Accept fields together; browsers send some 200. */
    private static final int MAX_LENGTH = 2_000;

    /**
     * A media range with its parameters, as strict as the framework needs it. No group is repeated:
     * Java's regex goes one call deeper each time, until the stack overflows.
     */
    private static final Pattern RANGE =
            Pattern.compile("\\s*[\\w!#$&^.+*-]+/[\\w!#$&^.+*-]+\\s*(?:;[^/]*)?");

    void register(@Observes Filters filters) {
        filters.register(AcceptProblems::accept, EARLY);
    }

    private static void accept(RoutingContext request) {
        var headers = request.request().headers();
        var accept = String.join(", ", headers.getAll(HttpHeaders.ACCEPT));
        if (!isReadable(accept)) {
            headers.remove(HttpHeaders.ACCEPT);
        } else if (accept.contains("application/problem+json")) {
            headers.set(HttpHeaders.ACCEPT, accept + ", application/json");
        }
        request.next();
    }

    static boolean isReadable(String accept) {
        return accept.length() <= MAX_LENGTH
                && Arrays.stream(accept.split(",", -1))
                        .allMatch(range -> RANGE.matcher(range).matches());
    }
}
