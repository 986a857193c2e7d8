package dev.postrider.testkit.provider.microsoft.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.http.Route;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftEndpoint;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Large files of drafts. They go to another host, whose address carries its own token: a request
 * with an Authorization header is refused there.
 */
public final class UploadSessions {
    private static final Duration LIFE = Duration.ofHours(2);
    private static final Pattern RANGE =
            Pattern.compile("bytes ([0-9]{1,9})-([0-9]{1,9})/([0-9]{1,9})");

    private final MicrosoftState microsoft;
    private final Supplier<String> base;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /** Its own lock guards it. */
    private static final class Session {
        private final Item item;
        private final JsonNode file;
        private final int size;
        private final Instant endsAt;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        private Session(Item item, JsonNode file, int size, Instant endsAt) {
            this.item = item;
            this.file = file;
            this.size = size;
            this.endsAt = endsAt;
        }
    }

    /**
     * @param base scheme, host and port of the other server
     */
    public UploadSessions(MicrosoftState microsoft, Supplier<String> base) {
        this.microsoft = microsoft;
        this.base = base;
    }

    /** Of the other server. */
    public List<Route> routes() {
        return List.of(
                new Route(MicrosoftEndpoint.UPLOAD, this::put),
                new Route(MicrosoftEndpoint.UPLOAD_STATUS, this::status),
                new Route(MicrosoftEndpoint.UPLOAD_CANCEL, this::cancel));
    }

    Response create(Item item, Request request) {
        JsonNode file =
                request.json()
                        .<JsonNode>map(body -> body.path("AttachmentItem"))
                        .orElseGet(Json::object);
        int size = file.path("size").asInt(0);
        if (size <= 0) {
            return GraphError.BAD_REQUEST.response();
        }
        if (size > microsoft.limit(MicrosoftLimit.UPLOAD_OCTETS)) {
            return GraphError.MESSAGE_TOO_LARGE.response();
        }
        String id = Secrets.token(40);
        var session = new Session(item, file, size, microsoft.now().plus(LIFE));
        sessions.put(id, session);
        return Response.json(
                201, progress(session).put("uploadUrl", base.get() + "/api/v2.0/upload/" + id));
    }

    private static ObjectNode progress(Session session) {
        ObjectNode body = Json.object().put("expirationDateTime", session.endsAt.toString());
        body.putArray("nextExpectedRanges").add(session.received.size() + "-");
        return body;
    }

    private Optional<Session> find(Request request) {
        return Optional.ofNullable(sessions.get(request.segment("session")))
                .filter(session -> microsoft.now().isBefore(session.endsAt))
                .filter(session -> request.header("authorization").isEmpty());
    }

    private static Response refused(Request request) {
        return request.header("authorization").isPresent()
                ? GraphError.TOKEN.response()
                : GraphError.NOT_FOUND.response();
    }

    private Response put(Request request) {
        Optional<Session> found = find(request);
        if (found.isEmpty()) {
            return refused(request);
        }
        if (request.body().length >= microsoft.limit(MicrosoftLimit.REQUEST_OCTETS)) {
            return GraphError.REQUEST_TOO_LARGE.response();
        }
        Matcher range = RANGE.matcher(request.header("content-range").orElse(""));
        Session session = found.get();
        synchronized (session) {
            boolean fits =
                    range.matches()
                            && Integer.parseInt(range.group(1)) == session.received.size()
                            && Integer.parseInt(range.group(2)) + 1
                                    == session.received.size() + request.body().length
                            && Integer.parseInt(range.group(3)) == session.size;
            if (!fits) {
                return GraphError.BAD_RANGE.response();
            }
            session.received.writeBytes(request.body());
            if (session.received.size() < session.size) {
                return Response.json(200, progress(session));
            }
            String id = Secrets.token(30);
            session.item.attach(
                    new Attachment(
                            id,
                            session.file.path("name").asText(),
                            session.file.path("contentType").asText("application/octet-stream"),
                            "",
                            false,
                            session.received.toByteArray()));
            sessions.remove(request.segment("session"));
            return Response.empty(201).with("Location", base.get() + "/attachments('" + id + "')");
        }
    }

    private Response status(Request request) {
        return find(request)
                .map(session -> Response.json(200, progress(session)))
                .orElseGet(() -> refused(request));
    }

    private Response cancel(Request request) {
        return find(request)
                .map(session -> {
                    sessions.remove(request.segment("session"));
                    return Response.empty(204);
                })
                .orElseGet(() -> refused(request));
    }
}
