package dev.postrider.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Problem} as Resend's SDKs read it, without {@code code} and {@code type}: the one for
 * PHP takes a {@code code} for a number and prefers {@code type} to {@code name}.
 */
@JsonPropertyOrder({"statusCode", "name", "message", "title", "status", "detail", "errors"})
record SdkProblem(
        int statusCode,
        String name,
        String message,
        String title,
        int status,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Problem.FieldError> errors) {
    SdkProblem {
        errors = List.copyOf(errors);
    }

    /** All of them say who they are: {@code resend-php/1.0.0}. */
    static boolean isFor(@Nullable String userAgent) {
        return userAgent != null && userAgent.toLowerCase(Locale.ROOT).startsWith("resend-");
    }

    static SdkProblem of(Problem problem) {
        return new SdkProblem(
                problem.statusCode(),
                problem.name(),
                problem.message(),
                problem.title(),
                problem.status(),
                problem.detail(),
                problem.errors());
    }
}
