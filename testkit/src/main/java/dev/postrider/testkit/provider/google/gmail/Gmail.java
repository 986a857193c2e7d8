package dev.postrider.testkit.provider.google.gmail;

import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.http.Route;
import java.util.List;

/** Gmail's routes. */
public final class Gmail {
    private final GoogleState google;
    private final Mailboxes mailboxes = new Mailboxes();
    private final Admission admission;
    private final SendMessage send;

    public Gmail(GoogleState google) {
        this.google = google;
        this.admission = new Admission(google, mailboxes);
        this.send = new SendMessage(google, mailboxes);
    }

    public Mailboxes mailboxes() {
        return mailboxes;
    }

    public List<Route> routes() {
        return List.of(new Route(GoogleEndpoint.SEND, this::send));
    }

    private Response send(Request request) {
        return admission.admit(
                request,
                Operation.SEND,
                grant ->
                        request.body().length > google.limit(GoogleLimit.JSON_OCTETS)
                                ? GoogleError.TOO_LARGE.response()
                                : Submission.ofJson(request.body())
                                        .map(submission -> send.send(grant.user(), submission))
                                        .orElseGet(GoogleError.BAD_RAW::response));
    }
}
