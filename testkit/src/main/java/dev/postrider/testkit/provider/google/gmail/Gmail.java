package dev.postrider.testkit.provider.google.gmail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.http.Route;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Gmail's routes. */
public final class Gmail {
    private final GoogleState google;
    private final UnaryOperator<String> base;
    private final Mailboxes mailboxes = new Mailboxes();
    private final Admission admission;
    private final SendMessage send;
    private final Uploads uploads;
    private final Drafts drafts;
    private final Messages messages;

    /**
     * @param base a host, as a client addressed it, with its scheme
     */
    public Gmail(GoogleState google, UnaryOperator<String> base) {
        this.google = google;
        this.base = base;
        this.admission = new Admission(google, mailboxes);
        this.send = new SendMessage(google, mailboxes);
        this.uploads = new Uploads(google, send);
        this.drafts = new Drafts(google, mailboxes, send);
        this.messages = new Messages(google, mailboxes);
    }

    public Mailboxes mailboxes() {
        return mailboxes;
    }

    public List<Route> routes() {
        return List.of(
                route(GoogleEndpoint.SEND, Operation.SEND, this::send),
                route(
                        GoogleEndpoint.UPLOAD,
                        Operation.SEND,
                        (grant, request) ->
                                uploads.begin(grant.user(), request, base.apply(request.host()))),
                new Route(GoogleEndpoint.UPLOAD_CHUNK, uploads::chunk),
                route(
                        GoogleEndpoint.PROFILE,
                        Operation.PROFILE,
                        (grant, request) -> profile(grant.user())),
                route(GoogleEndpoint.LIST, Operation.LIST, messages::list),
                route(GoogleEndpoint.GET, Operation.GET, messages::get),
                route(
                        GoogleEndpoint.SEND_AS,
                        Operation.SEND_AS,
                        (grant, request) -> sendAs(grant.user())),
                route(
                        GoogleEndpoint.DRAFT_CREATE,
                        Operation.DRAFT_CREATE,
                        (grant, request) -> drafts.create(grant.user(), request)),
                route(
                        GoogleEndpoint.DRAFT_LIST,
                        Operation.DRAFT_READ,
                        (grant, request) -> drafts.list(grant.user())),
                route(
                        GoogleEndpoint.DRAFT_GET,
                        Operation.DRAFT_READ,
                        (grant, request) -> drafts.get(grant.user(), request.segment("id"))),
                route(
                        GoogleEndpoint.DRAFT_DELETE,
                        Operation.DRAFT_DELETE,
                        (grant, request) -> drafts.delete(grant.user(), request.segment("id"))),
                route(
                        GoogleEndpoint.DRAFT_SEND,
                        Operation.DRAFT_SEND,
                        (grant, request) -> drafts.send(grant.user(), request)));
    }

    private Route route(
            GoogleEndpoint endpoint,
            Operation operation,
            BiFunction<GoogleGrants.Grant, Request, Response> then) {
        return new Route(
                endpoint,
                request ->
                        admission.admit(request, operation, grant -> then.apply(grant, request)));
    }

    private Response send(GoogleGrants.Grant grant, Request request) {
        if (request.body().length > google.limit(GoogleLimit.JSON_OCTETS)) {
            return GoogleError.TOO_LARGE.response();
        }
        return Submission.ofJson(request.body())
                .map(submission -> send.send(grant.user(), submission))
                .orElseGet(GoogleError.BAD_RAW::response);
    }

    private Response profile(GoogleUser user) {
        return Response.json(
                200,
                Json.object()
                        .put("emailAddress", user.email())
                        .put("messagesTotal", mailboxes.sent(user).size())
                        .put("historyId", "1"));
    }

    private static Response sendAs(GoogleUser user) {
        ObjectNode body = Json.object();
        var all = body.putArray("sendAs");
        all.addObject()
                .put("sendAsEmail", user.email())
                .put("isPrimary", true)
                .put("isDefault", true);
        user.otherAddresses()
                .forEach(address ->
                        all.addObject()
                                .put("sendAsEmail", address)
                                .put("isPrimary", false)
                                .put("verificationStatus", "accepted"));
        return Response.json(200, body);
    }
}
