package dev.postrider.identity.issuer;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the claims that say who somebody is. */
final class Claims {
    static final String EMAIL_VERIFIED = "email_verified";
    private static final int MAX_LENGTH = 255;

    private Claims() {}

    /** Whoever it is, it can't be told. */
    static final class NoSubject extends Exception {
        private static final long serialVersionUID = 1L;

        NoSubject() {
            super("no subject", null, false, false);
        }
    }

    static Subject subject(Issuer issuer, Map<String, Object> claims) throws NoSubject {
        var admission = issuer.admission();
        return new Subject(
                issuer,
                text(claims, "sub").orElseThrow(NoSubject::new),
                text(claims, admission.emailClaim()),
                "true".equals(String.valueOf(claims.get(EMAIL_VERIFIED))),
                admission.workspaceClaim().flatMap(name -> text(claims, name)),
                admission.roleClaim().map(name -> texts(claims, name)).orElse(Set.of()));
    }

    private static Optional<String> text(Map<String, Object> claims, String name) {
        return at(claims, name)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank() && text.length() <= MAX_LENGTH);
    }

    /** One text, several in a list, or separated by blanks as scopes are. */
    private static Set<String> texts(Map<String, Object> claims, String name) {
        return switch (at(claims, name).orElse(List.of())) {
            case Collection<?> list ->
                    list.stream().map(String::valueOf).collect(Collectors.toSet());
            case String text -> Arrays.stream(text.split(" ", -1)).collect(Collectors.toSet());
            case Object _ -> Set.of();
        };
    }

    /** A claim whose name is a URL has dots of its own, so the whole name comes first. */
    private static Optional<Object> at(Map<String, Object> claims, String name) {
        if (claims.containsKey(name)) {
            return Optional.ofNullable(claims.get(name));
        }
        Object place = claims;
        for (var part : name.split("\\.", -1)) {
            if (!(place instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            place = map.get(part);
        }
        return Optional.ofNullable(place);
    }
}
