package dev.postrider.mailbox.http;

import dev.postrider.http.Problem;
import dev.postrider.http.SearchWords;
import dev.postrider.mailbox.MailboxFilter;
import dev.postrider.transport.Kind;
import dev.postrider.transport.Kinds;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which mailboxes a request wants to see, beside whose; for {@code @BeanParam}. */
final class MailboxFilterParameters {
    private static final Set<String> STATES = Set.of("active", "held", "paused");

    @Parameter(
            description = "Only those in one of these states: active, held, paused, by commas.",
            example = "held,paused")
    @QueryParam("state")
    @Nullable String state;

    @Parameter(description = "Only those of this provider: smtp, sandbox, gmail, microsoft.")
    @QueryParam("provider")
    @Nullable String provider;

    @Parameter(
            description =
                    "Only those whose address or display name has all of these words, or parts of"
                            + " words, in any case.")
    @QueryParam("search")
    @Nullable String search;

    @Parameter(
            description =
                    "true: only those that need somebody or go on later: held ones, and active ones"
                            + " that rest.",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @QueryParam("attention")
    @Nullable String attention;

    /** Answers with a list, or with what is wrong with the parameters. */
    Response answer(Kinds kinds, Function<Filter, Response> list) {
        var errors = new ArrayList<Problem.FieldError>();
        var states = state == null ? List.<String>of() : List.of(state.split(",", -1));
        if (!STATES.containsAll(states)) {
            errors.add(
                    new Problem.FieldError("state", "must be of active, held, paused, by commas"));
        }
        if (provider != null && kinds.named(provider).isEmpty()) {
            errors.add(new Problem.FieldError("provider", "must be one of " + names(kinds)));
        }
        var words = SearchWords.of(search);
        words.flaw().ifPresent(errors::add);
        if (attention != null && !Set.of("true", "false").contains(attention)) {
            errors.add(new Problem.FieldError("attention", "must be true or false"));
        }
        return errors.isEmpty()
                ? list.apply(user ->
                        new MailboxFilter(
                                user,
                                states,
                                Optional.ofNullable(provider),
                                words.all(),
                                "true".equals(attention)))
                : Problem.invalid(errors).response();
    }

    /** What is wanted, once it is known whose. */
    interface Filter {
        MailboxFilter of(Optional<UUID> user);
    }

    private static String names(Kinds kinds) {
        return String.join(", ", kinds.all().stream().map(Kind::name).toList());
    }
}
