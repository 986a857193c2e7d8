package dev.postrider.testkit.provider.microsoft.oauth;

import dev.postrider.testkit.provider.http.Form;
import dev.postrider.testkit.provider.microsoft.state.EntraError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftApp;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftScope;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import java.util.Optional;
import java.util.Set;

/** What a client asks of a user, when the client is in order. */
record AuthorizeRequest(
        MicrosoftApp app,
        MicrosoftApp.Platform platform,
        TenantPath tenant,
        String redirectUri,
        Set<MicrosoftScope> scopes,
        Form parameters) {
    AuthorizeRequest {
        scopes = Set.copyOf(scopes);
    }

    /** The request, or what Microsoft's own page says. */
    sealed interface Read {
        record Good(AuthorizeRequest request) implements Read {}

        record Bad(EntraError error) implements Read {}
    }

    static Read read(MicrosoftState microsoft, String tenant, Form parameters) {
        Optional<MicrosoftApp> app = microsoft.apps().find(parameters.text("client_id"));
        if (app.isEmpty()) {
            return new Read.Bad(EntraError.APP_NOT_FOUND);
        }
        if (app.get().isDisabled()) {
            return new Read.Bad(EntraError.APP_DISABLED);
        }
        var path = new TenantPath(microsoft.users(), tenant);
        var flaw = path.flaw(app.get());
        if (flaw.isPresent()) {
            return new Read.Bad(flaw.get());
        }
        String redirectUri = parameters.text("redirect_uri");
        var platform = Optional.ofNullable(app.get().redirectUris().get(redirectUri));
        if (platform.isEmpty()) {
            return new Read.Bad(EntraError.REDIRECT);
        }
        if (!parameters.text("response_type").equals("code")) {
            return new Read.Bad(EntraError.PARAMETER_MISSING);
        }
        return MicrosoftScope.parseAll(parameters.text("scope"))
                .<Read>map(scopes ->
                        new Read.Good(
                                new AuthorizeRequest(
                                        app.get(),
                                        platform.get(),
                                        path,
                                        redirectUri,
                                        scopes,
                                        parameters)))
                .orElseGet(() -> new Read.Bad(EntraError.SCOPE));
    }

    boolean isOffline() {
        return scopes.stream().anyMatch(scope -> scope.name().equals(MicrosoftScope.OFFLINE));
    }
}
