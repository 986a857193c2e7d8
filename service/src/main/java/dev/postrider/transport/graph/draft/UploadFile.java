package dev.postrider.transport.graph.draft;

import dev.postrider.email.Outcome;
import dev.postrider.outbound.OutboundSession;
import dev.postrider.outbound.RequestBody;
import dev.postrider.outbound.SessionRequest;
import dev.postrider.outbound.SessionResult;
import dev.postrider.transport.api.ApiCalls.Call;
import dev.postrider.transport.api.ApiLimits;
import dev.postrider.transport.api.ApiRequest;
import dev.postrider.transport.api.DraftApi.Made;
import dev.postrider.transport.api.DraftApi.Work;
import dev.postrider.transport.api.reply.ApiReply;
import dev.postrider.transport.api.reply.ApiRules;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Uploads one file of a draft in ranges, one behind the other. The address that Graph names for it
 * carries a token of its own, so it gets no other, and must be one that the operator's settings
 * allow. After a fault the upload goes on where the server says.
 */
final class UploadFile {
    /** How often in a row a range may fail. */
    private static final int MOST_FAULTS = 4;

    /** An upload that is no more: its time is over, or it is complete. */
    private static final Set<Integer> GONE = Set.of(401, 403, 404, 410);

    /** A full mailbox, and what was used of the line. */
    private static final Set<Integer> LIMITS = Set.of(507, 509);

    private static final Set<Integer> OUT_OF_ORDER = Set.of(409, 412, 416);

    private final ApiLimits limits;
    private final ApiRequest request;
    private final DraftCalls drafts;
    private final Work work;
    private final String draft;
    private final int filesBefore;

    UploadFile(
            ApiLimits limits,
            ApiRequest request,
            DraftCalls drafts,
            Work work,
            String draft,
            int filesBefore) {
        this.limits = limits;
        this.request = request;
        this.drafts = drafts;
        this.work = work;
        this.draft = draft;
        this.filesBefore = filesBefore;
    }

    /** Empty when the file is there. */
    Optional<Made> upload(DraftFile file) {
        var body = RequestBody.of(file.uploadRequest().getBytes(StandardCharsets.UTF_8));
        return switch (work.calls().call(drafts.upload(draft, body, work.holds()))) {
            case Call.Success(var reply) -> to(reply.text("uploadUrl"), file);
            case Call.NotAnswered failed -> failed(failed);
        };
    }

    private Optional<Made> to(Optional<String> named, DraftFile file) {
        var url = named.flatMap(UploadFile::parse).filter(this::isAllowed);
        if (url.isEmpty()) {
            return Optional.of(
                    new Made.GivenUp(
                            Optional.of(draft),
                            new Outcome.Broken(
                                    "Microsoft's API leads to a server for uploads ("
                                            + named.flatMap(UploadFile::parse)
                                                    .map(URI::getHost)
                                                    .orElse("no address")
                                            + ") that isn't among those of the operator's"
                                            + " settings (\"uploads\").")));
        }
        try (var session = work.session().apply(origin(url.get()));
                var octets = new FileOctets(work.message(), file.part())) {
            return ranges(session, target(url.get()), octets);
        } catch (RequestBody.Unreadable e) {
            return failed(
                    new Call.Broken(
                            new SessionResult.Unreadable<>(String.valueOf(e.getMessage()))));
        }
    }

    private static Optional<URI> parse(String url) {
        try {
            return Optional.of(URI.create(url)).filter(each -> each.getHost() != null);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private boolean isAllowed(URI url) {
        return url.getRawUserInfo() == null
                && work.uploads().stream().anyMatch(each -> origin(each).equals(origin(url)));
    }

    private static URI origin(URI url) {
        return URI.create(
                (url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT));
    }

    private static String target(URI url) {
        return (url.getRawPath().isEmpty() ? "/" : url.getRawPath())
                + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    }

    private Optional<Made> ranges(OutboundSession session, String target, FileOctets octets) {
        var next = 0L;
        var faults = 0;
        while (true) {
            var length = Math.min(limits.octetsOfRange(), octets.size() - next);
            var isLast = next + length == octets.size();
            var call = work.calls().call(session, put(target, octets, next, length));
            if (call instanceof Call.Success(var reply) && isLast && isDone(reply)) {
                return Optional.empty();
            }
            if (call instanceof Call.NotAnswered failed && !mayGoOn(failed)) {
                return isGone(failed) ? gone(failed, isLast && faults > 0) : failed(failed);
            }
            var expected = expected(call, session, target);
            if (expected.isEmpty() && isLast && isThere()) {
                return Optional.empty();
            }
            faults = expected.orElse(next) > next ? 0 : faults + 1;
            next = expected.orElse(next);
            if (faults > MOST_FAULTS || next >= octets.size()) {
                return failed(call);
            }
        }
    }

    private SessionRequest put(String target, FileOctets octets, long from, long length) {
        return request.withoutToken(
                "PUT",
                target,
                Map.of(
                        "Content-Type",
                        "application/octet-stream",
                        "Content-Range",
                        "bytes " + from + "-" + (from + length - 1) + "/" + octets.size()),
                Optional.of(octets.range(from, length)),
                work.holds());
    }

    /** The file is there: no other range is asked for. */
    private static boolean isDone(ApiReply reply) {
        return reply.status() == 201 || !reply.json().path("nextExpectedRanges").isArray();
    }

    /** Whether the server may be asked how far it got. */
    private static boolean mayGoOn(Call.NotAnswered failed) {
        return switch (failed) {
            case Call.Refused(var reply, _, _) ->
                    (reply.status() >= 500 && !LIMITS.contains(reply.status()))
                            || OUT_OF_ORDER.contains(reply.status());
            case Call.Broken(var why) ->
                    why instanceof SessionResult.NotSent<?>
                            || why instanceof SessionResult.Unanswered<?>;
            case Call.NoToken _ -> false;
        };
    }

    private static boolean isGone(Call.NotAnswered failed) {
        return failed instanceof Call.Refused(var reply, _, _) && GONE.contains(reply.status());
    }

    /** From which octet on the server wants more; empty when that can't be told. */
    private OptionalLong expected(Call call, OutboundSession session, String target) {
        if (call instanceof Call.Success(var reply)) {
            return expected(reply);
        }
        var status = request.withoutToken("GET", target, Map.of(), Optional.empty(), work.holds());
        return work.calls().call(session, status) instanceof Call.Success(var reply)
                ? expected(reply)
                : OptionalLong.empty();
    }

    private static OptionalLong expected(ApiReply reply) {
        var range = reply.json().path("nextExpectedRanges").path(0).asText("");
        var from = range.replaceFirst("-.*", "");
        return from.matches("[0-9]{1,10}")
                ? OptionalLong.of(Long.parseLong(from))
                : OptionalLong.empty();
    }

    private boolean isThere() {
        return new CountFiles(work.calls(), drafts).of(draft) == filesBefore + 1;
    }

    /** It was completed without an answer, or its time was over: then a new draft is made. */
    private Optional<Made> gone(Call.NotAnswered failed, boolean mayBeDone) {
        if (mayBeDone && isThere()) {
            return Optional.empty();
        }
        return failed instanceof Call.Refused(var reply, var error, _)
                ? failed(
                        new Call.Refused(
                                reply,
                                error,
                                new ApiRules.Decision(
                                        new ApiRules.Meaning.Retry(), "The upload has ended.")))
                : failed(failed);
    }

    private Optional<Made> failed(Call call) {
        return Optional.of(
                call instanceof Call.NotAnswered failed
                        ? new Made.Failed(Optional.of(draft), failed)
                        : new Made.GivenUp(
                                Optional.of(draft),
                                new Outcome.Unreachable(
                                        "Microsoft's server for uploads doesn't say that the file"
                                                + " is there.")));
    }
}
