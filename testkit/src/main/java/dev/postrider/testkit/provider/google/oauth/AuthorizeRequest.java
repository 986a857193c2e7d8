package dev.postrider.testkit.provider.google.oauth;

import dev.postrider.testkit.provider.google.state.GoogleApp;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.http.Form;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a client asks of a user, when the client is in order. */
record AuthorizeRequest(GoogleApp app, String redirectUri, Set<String> scopes, Form parameters) {
    AuthorizeRequest {
        scopes = Set.copyOf(scopes);
    }

    /** The request, or what Google's own page says. */
    sealed interface Read {
        record Good(AuthorizeRequest request) implements Read {}

        record Bad(GoogleError error) implements Read {}
    }

    static Read read(GoogleState google, Form parameters) {
        Optional<GoogleApp> app = google.apps().find(parameters.text("client_id"));
        if (app.isEmpty()) {
            return new Read.Bad(GoogleError.CLIENT_NOT_FOUND);
        }
        if (app.get().isDeleted()) {
            return new Read.Bad(GoogleError.CLIENT_DELETED);
        }
        String redirectUri = parameters.text("redirect_uri");
        if (!app.get().mayRedirectTo(redirectUri)) {
            return new Read.Bad(GoogleError.REDIRECT_MISMATCH);
        }
        if (!parameters.text("response_type").equals("code")) {
            return new Read.Bad(GoogleError.PARAMETER_MISSING);
        }
        var scopes = GoogleScope.canonical(List.of(parameters.text("scope").split(" ")));
        if (!scopes.stream().allMatch(GoogleScope::isKnown)) {
            return new Read.Bad(GoogleError.INVALID_SCOPE);
        }
        return new Read.Good(new AuthorizeRequest(app.get(), redirectUri, scopes, parameters));
    }

    boolean isOffline() {
        return parameters.text("access_type").equals("offline");
    }

    boolean prompts(String how) {
        return List.of(parameters.text("prompt").split(" ")).contains(how);
    }

    Set<String> signInScopes() {
        var some = new LinkedHashSet<>(scopes);
        some.removeIf(scope -> !GoogleScope.isSignIn(scope));
        return some;
    }

    Set<String> otherScopes() {
        var some = new LinkedHashSet<>(scopes);
        some.removeIf(GoogleScope::isSignIn);
        return some;
    }

    /** "Granular permissions": with one scope alone there is nothing to tick. */
    boolean hasBoxes() {
        return otherScopes().size() > (signInScopes().isEmpty() ? 1 : 0);
    }
}
