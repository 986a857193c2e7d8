package dev.postrider.identity.login.http;

import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.login.SetPassword;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** What is answered where passwords are checked or hashed. */
public final class PasswordAnswers {
    private static final int RETRY_SECONDS = 2;

    private PasswordAnswers() {}

    static Response of(SetPassword.Result result) {
        return switch (result) {
            case SetPassword.Result.Done _ -> Response.noContent().build();
            case SetPassword.Result.BadTicket _ ->
                    Problem.invalid(
                                    "ticket",
                                    "is unknown, used or expired: ask an admin for another one")
                            .response();
            case SetPassword.Result.WrongPassword _ ->
                    Problem.invalid("current_password", "is wrong").response();
            case SetPassword.Result.Busy _ -> busy();
            case SetPassword.Result.Throttled(var pause) -> throttled(pause);
        };
    }

    /** The queue of passwords that wait for a core is full. */
    public static Response busy() {
        return retry(
                ProblemCode.UNAVAILABLE,
                "Too many passwords are being checked at once: try again in a moment.",
                RETRY_SECONDS);
    }

    /** Too many guesses were wrong; this one wasn't looked at. */
    static Response throttled(Duration pause) {
        return retry(
                ProblemCode.LIMIT_REACHED,
                "Too many wrong passwords: wait as long as Retry-After says before the next.",
                pause.toSeconds() + 1);
    }

    private static Response retry(ProblemCode code, String detail, long seconds) {
        return Response.fromResponse(code.response(detail))
                .header(HttpHeaders.RETRY_AFTER, seconds)
                .build();
    }
}
