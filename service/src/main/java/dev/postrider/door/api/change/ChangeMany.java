package dev.postrider.door.api.change;

import dev.postrider.audit.Actor;
import dev.postrider.audit.AuditLog;
import dev.postrider.door.api.track.CallerVisibility;
import dev.postrider.email.EmailState;
import dev.postrider.flow.store.change.ChangedBy;
import dev.postrider.flow.store.find.Emails;
import dev.postrider.flow.store.find.Visibility;
import dev.postrider.http.Fields;
import dev.postrider.http.Problem;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.http.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Changes emails one after the other, each as the operation on it alone does, with an audit entry
 * of its own; and ends before its caller's patience does. Safe for concurrent use.
 */
@Singleton
final class ChangeMany {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Octets of a request: a thousand ids, or a filter. */
    static final int MAX_BODY = 128 * 1024;

    private final Emails emails;
    private final AuditLog audit;
    private final ClientAddress clientAddress;

    ChangeMany(Emails emails, AuditLog audit, ClientAddress clientAddress) {
        this.emails = emails;
        this.audit = audit;
        this.clientAddress = clientAddress;
    }

    /** What became of one. */
    record Result(Optional<Problem> problem, Optional<CanceledAnswer> doubt) {
        static Result of(Optional<Problem> problem) {
            return new Result(problem, Optional.empty());
        }
    }

    /** A change of one email, as far as its caller may. */
    @FunctionalInterface
    interface Change {
        Result to(Visibility scope, ChangedBy by, UUID id);
    }

    /**
     * What is done.
     *
     * @param action as the audit log has it
     * @param path of the operation on one email alone, behind its id
     * @param possible the states in which it may succeed
     */
    record Kind(String action, String path, Set<EmailState> possible) {
        Kind {
            possible = Set.copyOf(possible);
        }
    }

    private record Who(Visibility scope, ChangedBy by, Actor actor, Kind kind) {}

    /** Changes those that a request asks for, unless something is wrong with it. */
    Response answer(
            Kind kind,
            Fields fields,
            SecurityContext security,
            HttpServerRequest from,
            Change change) {
        var who =
                new Who(
                        CallerVisibility.caller(security),
                        CallerVisibility.changer(security),
                        CallerContext.caller(security).actor(clientAddress.of(from)),
                        kind);
        return BulkRequest.in(fields, kind.possible())
                .filter(_ -> fields.areValid())
                .map(which -> Response.ok(change(who, which, change)).build())
                .orElseGet(() -> fields.problem().response());
    }

    private BulkAnswer change(Who who, BulkRequest request, Change change) {
        return switch (request) {
            case BulkRequest.Some(var ids) -> change(who, ids, Optional.empty(), change);
            case BulkRequest.Part(var filter, var page) -> {
                var found = emails.ids(who.scope(), filter, page);
                var ids = found.items().items();
                var more =
                        found.lookedUpTo()
                                .or(() ->
                                        Optional.of(ids)
                                                .filter(_ -> found.items().hasMore())
                                                .map(List::getLast));
                yield change(who, ids, more, change);
            }
        };
    }

    /**
     * @param more where the rest begins
     */
    private BulkAnswer change(Who who, List<UUID> ids, Optional<UUID> more, Change change) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var after = more;
        var done = 0;
        var notDone = new ArrayList<BulkAnswer.NotDone>();
        var inDoubt = new ArrayList<CanceledAnswer>();
        for (var id : ids) {
            var result = audited(who, id, change);
            if (result.problem().isEmpty()) {
                done++;
            }
            result.problem()
                    .ifPresent(why ->
                            notDone.add(new BulkAnswer.NotDone(id, why.code(), why.detail())));
            result.doubt().ifPresent(inDoubt::add);
            if (System.nanoTime() > deadline && !id.equals(ids.getLast())) {
                after = Optional.of(id);
                break;
            }
        }
        return new BulkAnswer(
                "emails_changed", done, notDone, inDoubt, after.isPresent(), after.orElse(null));
    }

    /** Nothing is done whose entry can't be written. */
    private Result audited(Who who, UUID id, Change change) {
        var begun =
                audit.begin(
                        who.actor(),
                        who.kind().action(),
                        new AuditLog.Subject(
                                "email", Optional.of(id), "/emails/" + id + who.kind().path()));
        var result = change.to(who.scope(), who.by(), id);
        audit.end(
                begun,
                result.problem().map(Problem::status).orElse(Response.Status.OK.getStatusCode()),
                Optional.empty());
        return result;
    }
}
