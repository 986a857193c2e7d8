package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.door.api.send.json.SendEmailJson;
import dev.postrider.flow.accept.FieldViolation;
import dev.postrider.flow.accept.FirstAttemptResult;
import dev.postrider.flow.accept.Intake;
import dev.postrider.flow.accept.MailboxKinds;
import dev.postrider.flow.accept.Rejection;
import dev.postrider.http.Fields;
import dev.postrider.mime.compose.Flaw;
import dev.postrider.transport.Kind;
import dev.postrider.transport.Kinds;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends one email through the caller's own mailbox and waits for its first attempt. */
@Singleton
final class SendAndWait {
    static final String SMTP = "smtp";
    static final String GMAIL = "gmail";
    static final String MICROSOFT = "microsoft";

    /** Kinds of transport with a route that takes no other. */
    private static final Set<String> WITH_A_ROUTE = Set.of(GMAIL, MICROSOFT);

    private final RequestBodies take;
    private final Intake intake;
    private final MailboxKinds others;

    SendAndWait(RequestBodies take, Intake intake, Kinds kinds) {
        this.take = take;
        this.intake = intake;
        this.others =
                new MailboxKinds(
                        SMTP,
                        kinds.all().stream()
                                .map(Kind::name)
                                .filter(name -> !WITH_A_ROUTE.contains(name))
                                .collect(Collectors.toSet()));
    }

    /**
     * Answers a request.
     *
     * @param route the first part of its path
     */
    Response send(
            String route,
            InputStream body,
            @Nullable String prefer,
            SendParameters parameters,
            SecurityContext security)
            throws IOException, InterruptedException {
        return take.object(
                parameters.of(body, security),
                SendEmailJson.MAX_BODY_BYTES,
                (request, email) -> send(route, request, email, PreferredWait.in(prefer)));
    }

    private MailboxKinds through(String route) {
        return WITH_A_ROUTE.contains(route) ? new MailboxKinds(route, Set.of(route)) : others;
    }

    private Response send(
            String route, RequestBodies.Request request, ObjectNode body, Duration wait)
            throws InterruptedException {
        var fields = new Fields(body);
        var email = SendEmailJson.read(fields);
        if (email.isEmpty()) {
            return fields.problem().response();
        }
        var idempotency =
                request.idempotency("POST /" + route + "/send-email", body, KeptAnswer::one);
        return switch (intake.send(
                request.caller(),
                through(route),
                email.get(),
                wait,
                idempotency,
                request.trace())) {
            case FirstAttemptResult.Sent(var id) -> Response.ok(SendEmailAnswer.sent(id)).build();
            case FirstAttemptResult.Queued(var id, var why) ->
                    Response.accepted(SendEmailAnswer.queued(id, words(why))).build();
            case FirstAttemptResult.Rejected(Rejection.Flawed(var flaws)) ->
                    ExplainRejection.response(
                            new Rejection.Flawed(
                                    flaws.stream().map(SendAndWait::renamed).toList()));
            case FirstAttemptResult.Rejected(var why) -> ExplainRejection.response(why);
        };
    }

    private static String words(FirstAttemptResult.Why why) {
        return switch (why) {
            case FirstAttemptResult.Why.Rests(var rest) ->
                    "The mailbox rests for " + rest.left().toSeconds() + " s: " + rest.reason();
            case FirstAttemptResult.Why.NoAnswer(var waited) ->
                    "No answer from the mailbox's server within " + waited.toSeconds() + " s.";
            case FirstAttemptResult.Why.Trouble(var reason) -> reason;
        };
    }

    /** The composer's names for fields, as this route's. */
    private static FieldViolation renamed(FieldViolation flaw) {
        var name = flaw.field().equals("text") ? "message" : flaw.field().replaceAll("\\[.*", "");
        return switch (flaw) {
            case FieldViolation.NoText _ -> new FieldViolation.NoText(name);
            case FieldViolation.OfMessage(var of) ->
                    new FieldViolation.OfMessage(new Flaw(name, of.kind(), of.reason()));
            case FieldViolation other -> other;
        };
    }
}
