package dev.postrider.testkit.provider.microsoft.graph;

import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.http.Route;
import dev.postrider.testkit.provider.mail.RawFields;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUser;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Graph's routes. */
public final class Graph {
    private final MicrosoftState microsoft;
    private final Mailboxes mailboxes = new Mailboxes();
    private final Admission admission;
    private final SendMail send;

    public Graph(MicrosoftState microsoft) {
        this.microsoft = microsoft;
        this.admission = new Admission(microsoft, mailboxes);
        this.send = new SendMail(microsoft, mailboxes);
    }

    public Mailboxes mailboxes() {
        return mailboxes;
    }

    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        addBoth(routes, MicrosoftEndpoint.ME, this::profile);
        addBoth(routes, MicrosoftEndpoint.SEND_MAIL, this::sendMail);
        return routes;
    }

    /** For {@code /me} and for {@code /users/{user}}. */
    static void addBoth(List<Route> routes, MicrosoftEndpoint endpoint, Route.Handler handler) {
        routes.add(new Route(endpoint, handler));
        routes.add(
                new Route(
                        endpoint,
                        endpoint.path().replaceFirst("/me(/|$)", "/users/{user}$1"),
                        handler));
    }

    private Response profile(Request request) {
        return admission.admit(
                request,
                Permission.PROFILE,
                caller -> {
                    MicrosoftUser user = caller.user();
                    var body =
                            Json.object()
                                    .put("id", user.objectId())
                                    .put("displayName", user.principalName())
                                    .put("userPrincipalName", user.principalName());
                    user.mailAttribute()
                            .ifPresentOrElse(
                                    address -> body.put("mail", address),
                                    () -> body.putNull("mail"));
                    return Response.json(200, body);
                });
    }

    private Response sendMail(Request request) {
        return admission.admit(
                request,
                Permission.SEND,
                caller -> {
                    if (admission.isTooLarge(request)) {
                        return tooLarge(microsoft);
                    }
                    return mime(request)
                            .map(fields ->
                                    send.send(caller, send.adopted(caller.user(), fields), true))
                            .orElseGet(GraphError.INVALID_BASE64::response);
                });
    }

    static Response tooLarge(MicrosoftState microsoft) {
        return (microsoft.on(MicrosoftSwitch.TOO_LARGE_IS_413)
                        ? GraphError.REQUEST_TOO_LARGE
                        : GraphError.TOO_LARGE_400)
                .response();
    }

    /** Base64 and nothing else; empty when it is none. */
    static Optional<RawFields> mime(Request request) {
        try {
            return Optional.of(Base64.getDecoder().decode(request.body()))
                    .map(RawFields::parse)
                    .filter(fields -> !fields.list().isEmpty());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
