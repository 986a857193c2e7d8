package dev.postrider.door.connect;

import dev.postrider.http.Problem;
import dev.postrider.mailbox.connect.ConnectByPassword;
import dev.postrider.mailbox.connect.ConnectFailure;
import dev.postrider.mailbox.connect.ConnectUrls;
import dev.postrider.mailbox.connect.ConnectVisit;
import dev.postrider.mailbox.connect.ConnectVisits;
import dev.postrider.mailbox.connect.FinishConsent;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a browser is answered, by what became of its request. */
@Singleton
final class Answers {
    private final Pages pages;
    private final ConnectUrls urls;
    private final AdminConsent adminConsent;

    Answers(Pages pages, ConnectUrls urls, AdminConsent adminConsent) {
        this.pages = pages;
        this.urls = urls;
        this.adminConsent = adminConsent;
    }

    static Texts texts(HttpHeaders headers) {
        return Texts.in(
                Optional.ofNullable(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE))
                        .orElse(""));
    }

    /** A page without a link, that says why there is none. */
    Response page(int status, String name, HttpHeaders headers) {
        return message(status, name, headers).build();
    }

    private Response.ResponseBuilder message(int status, String name, HttpHeaders headers) {
        var texts = texts(headers);
        var key = "page." + name;
        var page =
                new MessagePage(
                        null,
                        null,
                        name.equals("admin_agreed") ? "good" : "bad",
                        texts.of(key + ".title"),
                        texts.of(key + ".text"),
                        texts.of(key + ".todo"),
                        null,
                        "",
                        "",
                        List.of(),
                        List.of());
        return pages.of(status, texts, page, Optional.empty());
    }

    Response.ResponseBuilder arrival(
            ConnectVisits.Arrival arrival, String reference, HttpHeaders headers) {
        return switch (arrival) {
            case ConnectVisits.Arrival.Open(var visit) -> open(visit, reference, headers);
            case ConnectVisits.Arrival.Done(var visit) -> done(visit, headers);
            case ConnectVisits.Arrival.Used _ -> message(410, "used", headers);
            case ConnectVisits.Arrival.Expired _ -> message(410, "expired", headers);
            case ConnectVisits.Arrival.Revoked _ -> message(410, "revoked", headers);
            case ConnectVisits.Arrival.Elsewhere _ -> message(403, "elsewhere", headers);
            case ConnectVisits.Arrival.Unknown _ -> message(404, "unknown", headers);
        };
    }

    /** Whoever opens the link itself begins anew; what came of a try is shown at the link's id. */
    private Response.ResponseBuilder open(
            ConnectVisit visit, String reference, HttpHeaders headers) {
        var failure = visit.failure();
        return failure.isPresent() && reference.equals(visit.link().id().toString())
                ? failed(visit, failure.get(), headers)
                : choose(200, visit, headers);
    }

    private Response.ResponseBuilder choose(int status, ConnectVisit visit, HttpHeaders headers) {
        var texts = texts(headers);
        var page =
                new DescribeVisit(texts, visit)
                        .choose(null, new FillForm(texts, visit, Map.of(), Map.of()).empty());
        return pages.of(status, texts, page, visit);
    }

    private Response.ResponseBuilder failed(
            ConnectVisit visit, ConnectFailure failure, HttpHeaders headers) {
        var texts = texts(headers);
        return pages.of(
                200,
                texts,
                new DescribeVisit(texts, visit).failed(failure, adminConsent.ask(visit)),
                Optional.of(visit));
    }

    private Response.ResponseBuilder done(ConnectVisit visit, HttpHeaders headers) {
        var texts = texts(headers);
        return pages.of(
                200,
                texts,
                new DescribeVisit(texts, visit).done(visit.connectedAddress()),
                Optional.empty());
    }

    /** To whoever sent the browser here, or to what came of it. */
    Response back(Optional<URI> url, ConnectVisit visit) {
        return Response.seeOther(url.orElseGet(() -> result(visit))).build();
    }

    /** Where the outcome of a link is shown: without a token, a code or a state. */
    private URI result(ConnectVisit visit) {
        return urls.of(visit.link());
    }

    Response canceled(ConnectVisit visit, HttpHeaders headers) {
        var url = visit.failed(ConnectFailure.CANCELED);
        return url.isPresent()
                ? back(url, visit)
                : failed(visit, ConnectFailure.CANCELED, headers).build();
    }

    /** By a redirect in any case, so that no code stays in the browser's history. */
    Response consent(FinishConsent.Result result, HttpHeaders headers) {
        return switch (result) {
            case FinishConsent.Result.Connected(var visit, var mailbox) ->
                    back(visit.connected(mailbox.id()), visit);
            case FinishConsent.Result.Failed(var visit, _) -> back(Optional.empty(), visit);
            case FinishConsent.Result.Closed(var arrival) -> arrival(arrival, "", headers).build();
            case FinishConsent.Result.Unknown _ -> page(400, "answer_unknown", headers);
        };
    }

    Response password(
            ConnectVisit visit,
            ConnectByPassword.Form form,
            ConnectByPassword.Result result,
            HttpHeaders headers) {
        return switch (result) {
            case ConnectByPassword.Result.Connected(var mailbox) ->
                    back(visit.connected(mailbox.id()), visit);
            case ConnectByPassword.Result.BadFields(var errors, var failure) ->
                    again(422, visit, form, errors, alert(failure, null, headers), headers);
            case ConnectByPassword.Result.NotWorking(var failure, _, var words) ->
                    again(
                            422,
                            visit,
                            form,
                            List.of(),
                            alert(Optional.of(failure), words, headers),
                            headers);
            case ConnectByPassword.Result.Failed(var failure) ->
                    again(
                            409,
                            visit,
                            form,
                            List.of(),
                            alert(Optional.of(failure), null, headers),
                            headers);
            case ConnectByPassword.Result.Paused(var pause) -> paused(visit, form, pause, headers);
            case ConnectByPassword.Result.Busy _ ->
                    again(503, visit, form, List.of(), alert("page.busy", headers), headers);
            case ConnectByPassword.Result.Closed _ -> page(403, "elsewhere", headers);
        };
    }

    private Response paused(
            ConnectVisit visit, ConnectByPassword.Form form, Duration pause, HttpHeaders headers) {
        var texts = texts(headers);
        var seconds = pause.toSeconds() + 1;
        var alert =
                new ChoosePage.Alert(
                        texts.of("page.paused.title"),
                        texts.of("page.paused.text", String.valueOf(seconds)),
                        texts.of("page.paused.todo"),
                        null);
        return Response.fromResponse(again(429, visit, form, List.of(), alert, headers))
                .header(HttpHeaders.RETRY_AFTER, seconds)
                .build();
    }

    private static ChoosePage.Alert alert(String key, HttpHeaders headers) {
        var texts = texts(headers);
        return new ChoosePage.Alert(
                texts.of(key + ".title"), texts.of(key + ".text"), texts.of(key + ".todo"), null);
    }

    private static ChoosePage.@Nullable Alert alert(
            Optional<ConnectFailure> failure, @Nullable String said, HttpHeaders headers) {
        if (failure.isEmpty()) {
            return null;
        }
        var texts = texts(headers);
        var key = "failure." + failure.get().code();
        return new ChoosePage.Alert(
                texts.of(key + ".title"),
                texts.of(key + ".text", "Postrider"),
                texts.of(key + ".todo"),
                said);
    }

    /** The form as it was filled in, without the password, and what is wrong with it. */
    private Response again(
            int status,
            ConnectVisit visit,
            ConnectByPassword.Form form,
            List<Problem.FieldError> errors,
            ChoosePage.@Nullable Alert alert,
            HttpHeaders headers) {
        var texts = texts(headers);
        var filled =
                new FillForm(texts, visit, form.fields(), FillForm.words(texts, visit, errors));
        var page = new DescribeVisit(texts, visit).choose(alert, filled.again(alert != null));
        return pages.of(status, texts, page, visit).build();
    }
}
