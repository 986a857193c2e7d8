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
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Graph's routes. */
public final class Graph {
    private final MicrosoftState microsoft;
    private final Mailboxes mailboxes = new Mailboxes();
    private final Admission admission;
    private final SendMail send;
    private final Messages messages;
    private final UploadSessions uploads;

    /**
     * @param uploads scheme, host and port of the server for large files
     */
    public Graph(MicrosoftState microsoft, Supplier<String> uploads) {
        this.microsoft = microsoft;
        this.admission = new Admission(microsoft, mailboxes);
        this.send = new SendMail(microsoft, mailboxes);
        this.messages = new Messages(microsoft, mailboxes, send);
        this.uploads = new UploadSessions(microsoft, uploads);
    }

    public UploadSessions uploads() {
        return uploads;
    }

    public Mailboxes mailboxes() {
        return mailboxes;
    }

    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        add(routes, MicrosoftEndpoint.ME, Permission.PROFILE, (caller, _) -> profile(caller));
        add(routes, MicrosoftEndpoint.SEND_MAIL, Permission.SEND, this::sendMail);
        add(routes, MicrosoftEndpoint.MESSAGE_CREATE, Permission.WRITE, messages::create);
        add(routes, MicrosoftEndpoint.MESSAGE_GET, Permission.READ_BASIC, messages::get);
        add(routes, MicrosoftEndpoint.MESSAGE_UPDATE, Permission.WRITE, messages::update);
        add(routes, MicrosoftEndpoint.MESSAGE_DELETE, Permission.WRITE, messages::delete);
        add(routes, MicrosoftEndpoint.MESSAGE_VALUE, Permission.READ, messages::value);
        add(routes, MicrosoftEndpoint.MESSAGE_SEND, Permission.SEND, messages::send);
        add(routes, MicrosoftEndpoint.ATTACH, Permission.WRITE, messages::attach);
        add(routes, MicrosoftEndpoint.ATTACHMENTS, Permission.READ, messages::attachments);
        add(
                routes,
                MicrosoftEndpoint.UPLOAD_SESSION,
                Permission.WRITE,
                (caller, request) ->
                        messages.withItem(caller, request, item -> uploads.create(item, request)));
        add(routes, MicrosoftEndpoint.FOLDER, Permission.READ_BASIC, messages::folder);
        add(routes, MicrosoftEndpoint.FOLDER_MESSAGES, Permission.READ_BASIC, messages::list);
        return routes;
    }

    /** For {@code /me} and for {@code /users/{user}}. */
    private void add(
            List<Route> routes,
            MicrosoftEndpoint endpoint,
            Permission permission,
            BiFunction<Admission.Admitted, Request, Response> then) {
        Route.Handler handler =
                request ->
                        admission.admit(
                                request,
                                permission,
                                caller ->
                                        admission.isTooLarge(request)
                                                ? tooLarge()
                                                : then.apply(caller, request));
        routes.add(new Route(endpoint, handler));
        routes.add(
                new Route(
                        endpoint,
                        endpoint.path().replaceFirst("/me(/|$)", "/users/{user}$1"),
                        handler));
    }

    private static Response profile(Admission.Admitted caller) {
        MicrosoftUser user = caller.user();
        var body =
                Json.object()
                        .put("id", user.objectId())
                        .put("displayName", user.principalName())
                        .put("userPrincipalName", user.principalName());
        user.mailAttribute()
                .ifPresentOrElse(address -> body.put("mail", address), () -> body.putNull("mail"));
        return Response.json(200, body);
    }

    /** A MIME as text, or a message as JSON. */
    private Response sendMail(Admission.Admitted caller, Request request) {
        if (!request.contentType().equals("application/json")) {
            return mime(request)
                    .map(fields -> send.adopted(caller.user(), fields))
                    .map(fields -> send.send(caller, fields, List.of(), true))
                    .orElseGet(GraphError.INVALID_BASE64::response);
        }
        var body = request.json();
        if (body.isEmpty() || !body.get().path("message").isObject()) {
            return GraphError.BAD_REQUEST.response();
        }
        return switch (JsonMessage.read(caller.user(), body.get().path("message"))) {
            case JsonMessage.Read.Bad(var error) -> error.response();
            case JsonMessage.Read.Good(var fields, var files) ->
                    send.send(
                            caller,
                            fields,
                            files,
                            body.get().path("saveToSentItems").asBoolean(true));
        };
    }

    private Response tooLarge() {
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
