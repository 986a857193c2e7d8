package dev.postrider.door.api.track;

import dev.postrider.flow.store.count.CountEmails;
import dev.postrider.flow.store.count.CountWaiting;
import dev.postrider.http.IsoTime;
import dev.postrider.http.Problem;
import dev.postrider.identity.ForMailbox;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /emails/counts}. */
@Path("/emails/counts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class GetCounts {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration USUAL = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(31);

    private final CountEmails hours;
    private final CountWaiting waiting;
    private final InstantSource clock = InstantSource.system();

    GetCounts(CountEmails hours, CountWaiting waiting) {
        this.hours = hours;
        this.waiting = waiting;
    }

    @GET
    @ForMailbox
    @Operation(
            operationId = "countEmails",
            summary = "Count emails by the hour",
            description =
                    "For each hour what has become, up to now, of the emails that it accepted; and what"
                            + " waits now. The same emails as GET /emails shows. All numbers are exact.")
    @APIResponseSchema(value = CountsAnswer.class, responseDescription = "The counts")
    @APIResponse(responseCode = "422", description = "A time is invalid, or the span too long")
    public Response count(
            @Parameter(
                            description =
                                    "The first hour, by any time in it; without it 24 hours are counted.")
                    @QueryParam("from")
                    @Nullable String from,
            @Parameter(
                            description =
                                    "Hours that begin before this time, at most 31 days in all; without"
                                            + " it up to now.")
                    @QueryParam("to")
                    @Nullable String to,
            @Context SecurityContext security) {
        var errors = new ArrayList<Problem.FieldError>();
        var now = clock.instant();
        var end = time("to", to, errors).filter(now::isAfter).orElse(now);
        var until = end.truncatedTo(ChronoUnit.HOURS);
        until = until.equals(end) ? until : until.plus(HOUR);
        var begin =
                time("from", from, errors).orElse(until.minus(USUAL)).truncatedTo(ChronoUnit.HOURS);
        if (errors.isEmpty() && Duration.between(begin, until).compareTo(LONGEST) > 0) {
            errors.add(
                    new Problem.FieldError(
                            "from", "must be at most 31 days before `to`, or before now"));
        }
        if (!errors.isEmpty()) {
            return Problem.invalid(List.copyOf(errors)).response();
        }
        var scope = CallerVisibility.caller(security);
        return Response.ok(
                        CountsAnswer.of(
                                begin, hours.count(scope, begin, until), waiting.count(scope)))
                .build();
    }

    private static Optional<Instant> time(
            String name, @Nullable String text, List<Problem.FieldError> errors) {
        if (text == null) {
            return Optional.empty();
        }
        var time = IsoTime.parse(text);
        if (time.isEmpty()) {
            errors.add(new Problem.FieldError(name, IsoTime.ERROR));
        }
        return time;
    }
}
