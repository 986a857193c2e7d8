package dev.postrider.testkit.provider.google.oauth;

import dev.postrider.testkit.provider.google.state.GoogleApp;
import dev.postrider.testkit.provider.google.state.GoogleApps;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.http.Form;
import dev.postrider.testkit.provider.http.Request;
import java.util.Optional;

/** Which client calls the token endpoint: by its form, or by Basic (RFC 6749 section 2.3.1). */
record ClientLogin(GoogleApps apps) {
    sealed interface Result {
        record Good(GoogleApp app) implements Result {}

        record Bad(GoogleError error) implements Result {}
    }

    Result check(Request request) {
        Form form = request.basicClient().orElseGet(request::form);
        Optional<GoogleApp> app = apps.find(form.text("client_id"));
        if (app.isEmpty()) {
            return new Result.Bad(GoogleError.CLIENT_NOT_FOUND);
        }
        if (app.get().isDeleted()) {
            return new Result.Bad(GoogleError.CLIENT_DELETED);
        }
        return app.get().clientSecret().equals(form.text("client_secret"))
                ? new Result.Good(app.get())
                : new Result.Bad(GoogleError.WRONG_SECRET);
    }
}
