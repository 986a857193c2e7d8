package dev.postrider.testkit.provider.google.gmail;

import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.google.state.GoogleSwitch;
import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages as they are: at once, after a part with JSON, or by a session that can be resumed. */
final class Uploads {
    private static final Pattern RANGE =
            Pattern.compile("bytes (?:([0-9]{1,9})-([0-9]{1,9})|\\*)/([0-9]{1,9}|\\*)");

    private final GoogleState google;
    private final SendMessage send;
    private final Map<String, UploadSession> sessions = new ConcurrentHashMap<>();

    Uploads(GoogleState google, SendMessage send) {
        this.google = google;
        this.send = send;
    }

    Response begin(GoogleUser user, Request request, String base) {
        return switch (request.query().text("uploadType")) {
            case "media" ->
                    request.contentType().equals("message/rfc822")
                            ? send.send(user, new Submission(request.body(), Optional.empty()))
                            : GoogleError.BAD_RAW.response();
            case "multipart" ->
                    MultipartRelated.parse(
                                    request.header("content-type").orElse(""), request.body())
                            .map(parts ->
                                    send.send(
                                            user,
                                            new Submission(parts.get(1), threadId(parts.get(0)))))
                            .orElseGet(GoogleError.BAD_RAW::response);
            case "resumable" -> open(user, request, base);
            default -> GoogleError.BAD_RAW.response();
        };
    }

    private static Optional<String> threadId(byte[] json) {
        return Json.parse(json)
                .map(object -> object.path("threadId").asText(""))
                .filter(id -> !id.isEmpty());
    }

    private Response open(GoogleUser user, Request request, String base) {
        boolean tooLarge =
                request.header("x-upload-content-length")
                        .filter(length -> length.matches("[0-9]{1,18}"))
                        .filter(length ->
                                Long.parseLong(length) > google.limit(GoogleLimit.MESSAGE_OCTETS))
                        .isPresent();
        if (tooLarge) {
            return GoogleError.TOO_LARGE.response();
        }
        String id = Secrets.token(30);
        sessions.put(id, new UploadSession(user, threadId(request.body())));
        return Response.empty(200)
                .with("X-GUploader-UploadID", id)
                .with("Location", base + request.path() + "?uploadType=resumable&upload_id=" + id);
    }

    /** The session's URL is proof enough. */
    Response chunk(Request request) {
        UploadSession session = sessions.get(request.query().text("upload_id"));
        if (session == null) {
            return GoogleError.NOT_FOUND.response();
        }
        Optional<Response> answer = session.answer();
        if (answer.isPresent()) {
            return google.on(GoogleSwitch.FINISHED_UPLOAD_ANSWERS_AGAIN)
                    ? answer.get()
                    : GoogleError.NOT_FOUND.response();
        }
        int length = request.body().length;
        String range =
                request.header("content-range").orElse("bytes 0-" + (length - 1) + "/" + length);
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()) {
            return GoogleError.BAD_RAW.response("Invalid Content-Range");
        }
        if (matcher.group(1) == null) {
            return session.progress();
        }
        int from = Integer.parseInt(matcher.group(1));
        if (Integer.parseInt(matcher.group(2)) - from + 1 != length) {
            return GoogleError.BAD_RAW.response("Invalid Content-Range");
        }
        Optional<Integer> total =
                Optional.of(matcher.group(3))
                        .filter(text -> !text.equals("*"))
                        .map(Integer::parseInt);
        return session.append(
                        from,
                        request.body(),
                        total,
                        submission -> send.send(session.user(), submission))
                .orElseGet(() -> GoogleError.BAD_RAW.response("Invalid Content-Range"));
    }
}
