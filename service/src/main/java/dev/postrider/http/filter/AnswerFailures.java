package dev.postrider.http.filter;

import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.log.Journal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Answers what fails outside of all operations in the one error form too. */
@Singleton
final class AnswerFailures {
    private static final Journal JOURNAL = Journal.of("http");
    private static final int BEFORE_ALL = Integer.MIN_VALUE;

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL).failureHandler(AnswerFailures::answer);
    }

    private static void answer(RoutingContext failed) {
        var response = failed.response();
        if (response.ended() || response.headWritten()) {
            failed.next();
            return;
        }
        var problem = problem(failed);
        var asked = failed.request().getHeader(HttpHeaders.ACCEPT);
        var isProblem = asked != null && asked.contains("application/problem+json");
        response.setStatusCode(problem.status())
                .putHeader(
                        HttpHeaders.CONTENT_TYPE,
                        isProblem ? "application/problem+json" : "application/json")
                .end(problem.json());
    }

    private static Problem problem(RoutingContext failed) {
        return switch (failed.statusCode()) {
            case 400 ->
                    Problem.of(
                            ProblemCode.MALFORMED_REQUEST,
                            "The request's path or headers can't be read.");
            case 404 -> Problem.of(ProblemCode.NOT_FOUND, "There is nothing here.");
            case 413 -> Problem.of(ProblemCode.BODY_TOO_LARGE, "The body is too large.");
            default -> {
                if (failed.failure() != null) {
                    JOURNAL.failure("request failed", failed.failure());
                }
                yield Problem.of(
                        ProblemCode.INTERNAL_ERROR,
                        "This is an error in the server; its log says more. Try again later.");
            }
        };
    }
}
