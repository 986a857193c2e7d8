package dev.postrider.testkit.provider.microsoft.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftGrants;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftScope;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftSwitch;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An access token for one resource, and how its scopes are named. */
record TokenAnswer(MicrosoftState microsoft) {

    ObjectNode of(MicrosoftGrants.SignIn signIn, String resource, Set<MicrosoftScope> wanted) {
        var scopes =
                wanted.stream()
                        .filter(scope -> scope.resource().equals(resource))
                        .collect(Collectors.toSet());
        String token =
                microsoft
                        .grants()
                        .issueAccessToken(
                                Optional.of(signIn.user()),
                                signIn.app(),
                                signIn.user().tenant(),
                                resource,
                                scopes.stream()
                                        .map(MicrosoftScope::name)
                                        .collect(Collectors.toSet()));
        long life = microsoft.limit(MicrosoftLimit.ACCESS_TOKEN_SECONDS);
        return Json.object()
                .put("token_type", "Bearer")
                .put("scope", names(scopes, wanted))
                .put("expires_in", life)
                .put("ext_expires_in", life)
                .put("access_token", token);
    }

    private String names(Set<MicrosoftScope> scopes, Set<MicrosoftScope> wanted) {
        boolean prefix = microsoft.on(MicrosoftSwitch.SCOPES_HAVE_PREFIX);
        String names =
                scopes.stream()
                        .map(scope -> prefix ? scope.full() : scope.name())
                        .sorted()
                        .collect(Collectors.joining(" "));
        boolean offline =
                microsoft.on(MicrosoftSwitch.SCOPES_HAVE_OFFLINE)
                        && wanted.stream()
                                .anyMatch(scope -> scope.name().equals(MicrosoftScope.OFFLINE));
        return offline ? names + " " + MicrosoftScope.OFFLINE : names;
    }
}
