package dev.postrider.transport.api;

import dev.postrider.testkit.provider.google.FakeGoogle;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.microsoft.FakeMicrosoft;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Access tokens of {@link ApiRig#ANN} from providers that are played, with scopes as a grant names
 * them.
 */
public final class PlayedTokens {
    private static final Map<String, String> AT_MICROSOFT =
            Map.of(
                    "mail.send",
                    "Mail.Send",
                    "mail.read",
                    "Mail.Read",
                    "mail.readbasic",
                    "Mail.ReadBasic",
                    "mail.readwrite",
                    "Mail.ReadWrite",
                    "user.read",
                    "User.Read");

    private PlayedTokens() {}

    public static String of(FakeGoogle google, Set<String> scopes) {
        return google.grants()
                .issueAccessToken(
                        new GoogleGrants.Grant(
                                google.account(ApiRig.ANN),
                                google.app(),
                                GoogleScope.canonical(List.copyOf(scopes))))
                .value();
    }

    public static String of(FakeMicrosoft microsoft, Set<String> scopes) {
        var ann = microsoft.account(ApiRig.ANN);
        return microsoft
                .grants()
                .issueAccessToken(
                        Optional.of(ann),
                        microsoft.app(),
                        ann.tenant(),
                        MicrosoftScope.GRAPH,
                        scopes.stream().map(AT_MICROSOFT::get).collect(Collectors.toSet()));
    }
}
