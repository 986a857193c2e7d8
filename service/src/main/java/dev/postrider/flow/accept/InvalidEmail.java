package dev.postrider.flow.accept;

import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import java.util.List;

/** Chooses the code for what is wrong with an email, which SDKs tell apart by its name. */
final class InvalidEmail {
    private InvalidEmail() {}

    static Problem problem(List<Problem.FieldError> errors) {
        if (errors.stream().allMatch(error -> error.message().startsWith("is missing"))) {
            return Problem.invalid(
                    errors.stream().allMatch(error -> error.field().startsWith("attachments["))
                            ? ProblemCode.INVALID_ATTACHMENT
                            : ProblemCode.MISSING_REQUIRED_FIELD,
                    errors);
        }
        return errors.stream().allMatch(error -> error.field().startsWith("attachments"))
                ? Problem.invalid(ProblemCode.INVALID_ATTACHMENT, errors)
                : Problem.invalid(errors);
    }
}
