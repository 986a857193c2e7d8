package dev.postrider.identity.user.http;

import dev.postrider.http.Id;
import dev.postrider.http.Problem;
import dev.postrider.identity.Caller;
import dev.postrider.identity.user.ExternalIds;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of lists of what users have, for {@code @BeanParam}. Members see their own,
 * whomever they ask for.
 */
public final class UserFilter {
    @Parameter(description = "Only this user's.")
    @QueryParam("user_id")
    @Nullable String userId;

    @Parameter(description = "Only those of the user whom your application calls so.")
    @QueryParam("external_id")
    @Nullable String externalId;

    /** Whose are to be listed. */
    public sealed interface Chosen {
        record Anybody() implements Chosen {}

        record One(UUID id) implements Chosen {}

        /** The list is empty. */
        record Nobody() implements Chosen {}
    }

    /** Answers with a list, or with what is wrong with the parameters. */
    public Response answer(Caller caller, ExternalIds users, Function<Chosen, Response> list) {
        var user = Id.parse(userId == null ? "" : userId);
        if (userId != null && user.isEmpty()) {
            return Problem.invalid("user_id", "must be a user's id").response();
        }
        var external = ParseUser.externalId(externalId);
        if (external.isEmpty()) {
            return ParseUser.badExternalId();
        }
        var named = external.get().flatMap(name -> users.find(caller.workspaceId(), name));
        if (external.get().isPresent() && named.isEmpty()) {
            return list.apply(new Chosen.Nobody());
        }
        return list.apply(chosen(caller, user, named));
    }

    private static Chosen chosen(Caller caller, Optional<UUID> user, Optional<UUID> named) {
        var asked = user.or(() -> named);
        var visible = caller.onlyUser();
        if ((user.isPresent() && named.isPresent() && !user.equals(named))
                || (visible.isPresent() && asked.isPresent() && !asked.equals(visible))) {
            return new Chosen.Nobody();
        }
        return visible.or(() -> asked).<Chosen>map(Chosen.One::new).orElseGet(Chosen.Anybody::new);
    }
}
