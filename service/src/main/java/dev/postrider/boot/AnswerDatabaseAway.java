package dev.postrider.boot;

import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.log.Journal;
import dev.postrider.postgres.DatabaseAway;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What callers hear while the database is away. */
final class AnswerDatabaseAway {
    private static final Journal JOURNAL = Journal.of("http");
    private static final int RETRY_SECONDS = 5;

    @ServerExceptionMapper
    Response away(DatabaseAway e) {
        JOURNAL.warning("answered 503", "reason", String.valueOf(e.getMessage()));
        return Response.fromResponse(
                        Problem.of(
                                        ProblemCode.UNAVAILABLE,
                                        "The database can't be reached. What this request asked for was"
                                                + " probably not done; with an Idempotency-Key it can be"
                                                + " repeated safely.")
                                .response())
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }
}
