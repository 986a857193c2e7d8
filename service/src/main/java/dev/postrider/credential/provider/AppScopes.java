package dev.postrider.credential.provider;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an app asks for: the scopes of each tier, as the provider or the operator has them.
 *
 * @param identity what it takes to know who consents, and to be given a refresh token
 * @param tiers what each tier needs of the provider's API, whole names as they are asked for
 * @param smtp what its SMTP server needs; empty unless the operator wants it to be asked for
 * @param application what an app asks for itself where it doesn't name scopes one by one
 * @param covers which scopes a scope contains, by their {@linkplain #shortened short} names
 */
public record AppScopes(
        List<String> identity,
        Map<Tier, List<String>> tiers,
        List<String> smtp,
        Map<Audience, List<String>> application,
        Map<String, Set<String>> covers) {
    public AppScopes {
        identity = List.copyOf(identity);
        tiers = Map.copyOf(new EnumMap<>(tiers));
        smtp = List.copyOf(smtp);
        application = Map.copyOf(application);
        covers = Map.copyOf(covers);
    }

    /**
     * What the consent page is asked for: nothing twice, or users are shown what they needn't read.
     */
    public List<String> toAuthorize(Tier tier) {
        var all = new ArrayList<>(identity);
        var inSmtp = contained(shortened(smtp));
        ofTier(tier).stream().filter(scope -> !inSmtp.contains(shortened(scope))).forEach(all::add);
        all.addAll(smtp);
        return all;
    }

    public List<String> ofTier(Tier tier) {
        return tiers.getOrDefault(tier, List.of());
    }

    /** What a code's token is asked for: the API alone, for one is good for one resource. */
    public List<String> toRedeem(Tier tier) {
        var all = new ArrayList<>(identity);
        all.addAll(ofTier(tier));
        return all;
    }

    /** What an app with access of its own asks a token for. */
    public List<String> ofApplication(Tier tier, Audience audience) {
        return application.getOrDefault(
                audience,
                switch (audience) {
                    case API -> ofTier(tier);
                    case SMTP -> smtp;
                });
    }

    /**
     * What a refreshed token is asked for: no more than was granted, whatever the settings ask of
     * users by now.
     */
    public List<String> toRefresh(Set<String> granted, Audience audience) {
        return switch (audience) {
            case API ->
                    tiers.values().stream()
                            .flatMap(List::stream)
                            .distinct()
                            .filter(scope -> granted.contains(shortened(scope)))
                            .sorted()
                            .toList();
            case SMTP -> smtp;
        };
    }

    /**
     * What is granted once a token was refreshed (RFC 6749, 6): of what was asked for, what came;
     * what wasn't asked for, as it was.
     *
     * @param granted before
     * @param given by the answer
     * @param asksForAll whether a refresh is for whatever there is, as at Google
     */
    public Set<String> refreshed(Set<String> granted, Set<String> given, boolean asksForAll) {
        if (asksForAll) {
            return Set.copyOf(given);
        }
        var all = new LinkedHashSet<>(granted);
        all.removeAll(shortened(toRefresh(granted, Audience.API)));
        all.addAll(given);
        return Set.copyOf(all);
    }

    /** Those of a tier that weren't granted. */
    public List<String> missing(Tier tier, Set<String> granted) {
        var all = contained(granted);
        return ofTier(tier).stream().filter(scope -> !all.contains(shortened(scope))).toList();
    }

    /** The highest tier that what was granted is enough for. */
    public Optional<Tier> tier(Set<String> granted) {
        return List.of(Tier.READ, Tier.SETTLE, Tier.SEND).stream()
                .filter(tier -> missing(tier, granted).isEmpty())
                .findFirst();
    }

    /** With those that other ones contain. */
    private Set<String> contained(Set<String> granted) {
        var all = new LinkedHashSet<String>();
        for (var scope : granted) {
            var name = shortened(scope);
            all.add(name);
            all.addAll(covers.getOrDefault(name, Set.of()));
        }
        return all;
    }

    /** Short names of scopes, as {@link AccessToken} has them. */
    public static Set<String> shortened(List<String> scopes) {
        var all = new LinkedHashSet<String>();
        scopes.forEach(scope -> all.add(shortened(scope)));
        return all;
    }

    /**
     * A scope without the prefix of its resource, in lower case: Microsoft answers with another
     * prefix than it was asked with.
     */
    public static String shortened(String scope) {
        var name = scope.replaceFirst("/+$", "");
        return name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }
}
