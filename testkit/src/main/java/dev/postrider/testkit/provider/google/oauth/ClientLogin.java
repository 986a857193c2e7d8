package dev.postrider.testkit.provider.google.oauth;

import dev.postrider.testkit.provider.google.state.GoogleApp;
import dev.postrider.testkit.provider.google.state.GoogleApps;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.http.Form;
import dev.postrider.testkit.provider.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Which client calls the token endpoint: by its form, or by Basic (RFC 6749 section 2.3.1). */
record ClientLogin(GoogleApps apps) {
    sealed interface Result {
        record Good(GoogleApp app) implements Result {}

        record Bad(GoogleError error) implements Result {}
    }

    Result check(Request request) {
        Form form = basic(request).orElseGet(request::form);
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

    private static Optional<Form> basic(Request request) {
        return request.header("authorization")
                .filter(value -> value.startsWith("Basic "))
                .map(value ->
                        new String(
                                Base64.getDecoder().decode(value.substring(6).strip()),
                                StandardCharsets.UTF_8))
                .map(pair -> pair.split(":", 2))
                .filter(pair -> pair.length == 2)
                .map(pair -> Form.parse("client_id=" + pair[0] + "&client_secret=" + pair[1]));
    }
}
