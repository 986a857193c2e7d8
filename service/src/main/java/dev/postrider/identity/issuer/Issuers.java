package dev.postrider.identity.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured issuers. Safe for concurrent use. */
public final class Issuers {
    /** How long made-up keys can keep a real new one from being seen. */
    private static final Duration PAUSE_BETWEEN_KEYS = Duration.ofSeconds(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, CheckJwt> byName = new LinkedHashMap<>();
    private final List<Introspect> opaque = new ArrayList<>();
    private final Map<String, AuthorizationCode> signIns = new LinkedHashMap<>();

    public Issuers(List<Issuer> issuers, InstantSource clock) {
        this(issuers, clock, PAUSE_BETWEEN_KEYS);
    }

    public Issuers(List<Issuer> issuers, InstantSource clock, Duration pause) {
        var discovery = new Discovery();
        for (var issuer : issuers) {
            var jwt = new CheckJwt(issuer, discovery, clock, pause);
            byName.put(issuer.name(), jwt);
            issuer.signIn()
                    .ifPresent(how ->
                            signIns.put(
                                    how.id(), new AuthorizationCode(issuer, how, discovery, jwt)));
            issuer.introspection()
                    .ifPresent(how -> opaque.add(new Introspect(issuer, how, discovery, clock)));
        }
    }

    /** As their tokens have them in {@code iss}, in the order of the settings. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * A provider by which people sign in.
     *
     * @param id names it in URLs
     * @param label what people call it
     */
    public record Choice(String id, String label) {}

    /** By which people may sign in, in the order of the settings. */
    public List<Choice> signIns() {
        return signIns.values().stream()
                .map(each -> new Choice(each.how().id(), each.how().label()))
                .toList();
    }

    Optional<AuthorizationCode> signIn(String id) {
        return Optional.ofNullable(signIns.get(id));
    }

    /** Whom a token names that isn't one of our own. */
    public IssuerTokenCheck check(String token) {
        var parts = token.split("\\.", -1);
        return parts.length == 3 ? checkJwt(token, parts[1]) : checkOpaque(token);
    }

    private IssuerTokenCheck checkJwt(String token, String payload) {
        return issuer(payload)
                .map(byName::get)
                .map(issuer -> issuer.check(token))
                .orElseGet(IssuerTokenCheck.Foreign::new);
    }

    /** Only to choose whose keys to check it with: until then it is anybody's word. */
    private static Optional<String> issuer(String payload) {
        try {
            var json = new String(Base64.getUrlDecoder().decode(payload), UTF_8);
            return Optional.of(JSON.readTree(json).path("iss").asText());
        } catch (IllegalArgumentException | JsonProcessingException _) {
            return Optional.empty();
        }
    }

    /** Nothing in an opaque token says whose it is. */
    private IssuerTokenCheck checkOpaque(String token) {
        IssuerTokenCheck verdict = new IssuerTokenCheck.Foreign();
        for (var issuer : opaque) {
            switch (issuer.check(token)) {
                case IssuerTokenCheck.Good good -> {
                    return good;
                }
                case IssuerTokenCheck.Bad bad -> {
                    return bad;
                }
                case IssuerTokenCheck.Unavailable unavailable -> verdict = unavailable;
                case IssuerTokenCheck.Foreign _ -> {}
            }
        }
        return verdict;
    }
}
