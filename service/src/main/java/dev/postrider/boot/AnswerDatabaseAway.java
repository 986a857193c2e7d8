package dev.postrider.boot;

import dev.postrider.http.ProblemCode;
import dev.postrider.log.Journal;
import dev.postrider.postgres.DatabaseAway;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What callers hear while the database can't do what they ask. */
final class AnswerDatabaseAway {
    private static final Journal JOURNAL = Journal.of("http");
    private static final int RETRY_SECONDS = 5;

    private static final String NOT_DONE = " The request was probably not carried out";
    private static final String UNKNOWN = " Whether the request was carried out isn't known";
    private static final String REPEAT = "; with an Idempotency-Key it is safe to repeat.";

    @ServerExceptionMapper
    Response away(DatabaseAway e) {
        JOURNAL.warning("answered 503", "reason", String.valueOf(e.getMessage()));
        return Response.fromResponse(ProblemCode.UNAVAILABLE.response(answer(e.kind())))
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }

    private static String answer(DatabaseAway.Kind kind) {
        var isUnknown = kind == DatabaseAway.Kind.UNCONFIRMED;
        return words(kind) + (isUnknown ? UNKNOWN : NOT_DONE) + REPEAT;
    }

    static String words(DatabaseAway.Kind kind) {
        return switch (kind) {
            case AWAY -> "The database can't be reached.";
            case BUSY -> "The database is overloaded.";
            case FULL -> "The database's disk is full: the operator has to free space.";
            case UNCONFIRMED -> "The database hasn't confirmed that it keeps this.";
        };
    }
}
