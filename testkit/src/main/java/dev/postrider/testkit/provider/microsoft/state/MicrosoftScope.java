package dev.postrider.testkit.provider.microsoft.state;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A scope of a resource: {@code https://graph.microsoft.com/Mail.Send}. Graph's stands without
 * resource, too.
 */
public record MicrosoftScope(String resource, String name) {
    public static final String GRAPH = "https://graph.microsoft.com";
    public static final String OUTLOOK = "https://outlook.office.com";
    public static final String OFFLINE = "offline_access";

    private static final Set<String> SIGN_IN = Set.of("openid", "profile", "email", OFFLINE);

    private static final List<String> GRAPH_NAMES =
            List.of(
                    "User.Read",
                    "Mail.Send",
                    "Mail.Send.Shared",
                    "Mail.ReadBasic",
                    "Mail.Read",
                    "Mail.ReadWrite",
                    "Mail.ReadWrite.Shared",
                    "MailboxSettings.Read");

    private static final List<String> OUTLOOK_NAMES =
            List.of("SMTP.Send", "IMAP.AccessAsUser.All", "POP.AccessAsUser.All");

    /** Users may not consent to these in tenants whose consent Microsoft manages. */
    private static final Set<String> RESTRICTED =
            Set.of(
                    "Mail.ReadBasic",
                    "Mail.Read",
                    "Mail.ReadWrite",
                    "Mail.ReadWrite.Shared",
                    "IMAP.AccessAsUser.All",
                    "POP.AccessAsUser.All");

    /** Empty for one that doesn't exist. */
    public static Optional<MicrosoftScope> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String each : SIGN_IN) {
            if (each.equals(lower)) {
                return Optional.of(new MicrosoftScope("", each));
            }
        }
        String resource = lower.startsWith("https://outlook.office") ? OUTLOOK : GRAPH;
        String name = text.startsWith("https://") ? text.replaceFirst("https://[^/]+/", "") : text;
        if (text.startsWith("https://") && resource.equals(GRAPH) && !lower.startsWith(GRAPH)) {
            return Optional.empty();
        }
        var known = resource.equals(GRAPH) ? GRAPH_NAMES : OUTLOOK_NAMES;
        return known.stream()
                .filter(each -> each.equalsIgnoreCase(name))
                .map(each -> new MicrosoftScope(resource, each))
                .findFirst();
    }

    /** Empty when one of them doesn't exist. */
    public static Optional<Set<MicrosoftScope>> parseAll(String text) {
        var all = new LinkedHashSet<MicrosoftScope>();
        for (String each : text.strip().split("\\s+", -1)) {
            var scope = parse(each);
            if (scope.isEmpty()) {
                return Optional.empty();
            }
            all.add(scope.get());
        }
        return Optional.of(all);
    }

    /** Without its resource. */
    static String bare(String scope) {
        return scope.substring(scope.lastIndexOf('/') + 1);
    }

    public boolean isSignIn() {
        return resource.isEmpty();
    }

    public boolean isRestricted() {
        return RESTRICTED.contains(name);
    }

    public String full() {
        return isSignIn() ? name : resource + "/" + name;
    }
}
