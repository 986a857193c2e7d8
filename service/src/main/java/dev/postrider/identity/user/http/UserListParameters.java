package dev.postrider.identity.user.http;

import dev.postrider.http.Problem;
import dev.postrider.http.SearchWords;
import dev.postrider.identity.user.ListedUsers;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which users a request wants to see; for {@code @BeanParam}. */
final class UserListParameters {
    @Parameter(description = "Only the one whom your application calls so.")
    @QueryParam("external_id")
    @Nullable String externalId;

    @Parameter(
            description =
                    "true: only those who have an email address to log in with; false: only your"
                            + " application's own users.",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @QueryParam("can_sign_in")
    @Nullable String canSignIn;

    @Parameter(
            description =
                    "Only those whose email or external_id has all of these words, or parts of words,"
                            + " in any case.")
    @QueryParam("search")
    @Nullable String search;

    /** Answers with a list, or with what is wrong with the parameters. */
    Response answer(Function<ListedUsers, Response> list) {
        var external = ParseUser.externalId(externalId);
        if (external.isEmpty()) {
            return ParseUser.badExternalId();
        }
        var errors = new ArrayList<Problem.FieldError>();
        var signIn = Optional.ofNullable(canSignIn);
        if (signIn.filter(text -> !text.equals("true") && !text.equals("false")).isPresent()) {
            errors.add(new Problem.FieldError("can_sign_in", "must be true or false"));
        }
        var words = SearchWords.of(search);
        words.flaw().ifPresent(errors::add);
        return errors.isEmpty()
                ? list.apply(
                        new ListedUsers(external.get(), signIn.map("true"::equals), words.all()))
                : Problem.invalid(errors).response();
    }
}
