package dev.postrider.identity.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Asks an issuer whether an opaque token is good (RFC 7662). The answer is kept for a short while,
 * so a token that is revoked there may live that much longer here; tokens are kept by their hash.
 */
final class Introspect {
    static final Duration KEPT = Duration.ofSeconds(15);
    private static final int MAX_KEPT = 10_000;
    private static final int MAX_AT_ONCE = 32;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Issuer issuer;
    private final Issuer.Introspection how;
    private final Discovery discovery;
    private final InstantSource clock;

    /** So that made-up tokens, each of which is a call, don't become a flood there. */
    private final Semaphore calls = new Semaphore(MAX_AT_ONCE);

    /** Guarded by itself; the oldest goes first. */
    private final Map<String, Kept> kept =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
                    return size() > MAX_KEPT;
                }
            };

    private record Kept(IssuerTokenCheck verdict, Instant until) {}

    Introspect(Issuer issuer, Issuer.Introspection how, Discovery discovery, InstantSource clock) {
        this.issuer = issuer;
        this.how = how;
        this.discovery = discovery;
        this.clock = clock;
    }

    IssuerTokenCheck check(String token) {
        var hash = hash(token);
        var now = clock.instant();
        var known = kept(hash).filter(answer -> now.isBefore(answer.until()));
        if (known.isPresent()) {
            return known.get().verdict();
        }
        if (!calls.tryAcquire()) {
            return unavailable("too many tokens are being asked for");
        }
        try {
            return keep(hash, ask(token), now);
        } catch (IOException e) {
            return unavailable(String.valueOf(e.getMessage()));
        } finally {
            calls.release();
        }
    }

    private JsonNode ask(String token) throws IOException {
        var endpoint =
                how.endpoint().isPresent()
                        ? how.endpoint().get()
                        : discovery.endpoint(issuer, "introspection_endpoint");
        var login = encoded(how.clientId()) + ":" + encoded(how.clientSecret());
        return discovery.post(
                endpoint,
                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)),
                "token=" + encoded(token) + "&token_type_hint=access_token");
    }

    private IssuerTokenCheck keep(String hash, JsonNode answer, Instant now) {
        var verdict = verdict(answer, now);
        var until = now.plus(KEPT);
        if (answer.path("exp").canConvertToLong()) {
            var end = Instant.ofEpochSecond(answer.path("exp").asLong());
            until = end.isBefore(until) ? end : until;
        }
        synchronized (kept) {
            kept.remove(hash);
            kept.put(hash, new Kept(verdict, until));
        }
        return verdict;
    }

    private Optional<Kept> kept(String hash) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(hash));
        }
    }

    /** What a JWT would be refused for is refused here too, as far as the answer says it. */
    private IssuerTokenCheck verdict(JsonNode answer, Instant now) {
        if (!answer.path("active").asBoolean(false)
                || (answer.has("iss") && !answer.path("iss").asText().equals(issuer.name()))
                || (answer.has("exp") && answer.path("exp").asLong() <= now.getEpochSecond())
                || (answer.has("nbf") && answer.path("nbf").asLong() > now.getEpochSecond())) {
            return new IssuerTokenCheck.Foreign();
        }
        if (!isForUs(answer.path("aud"))) {
            return new IssuerTokenCheck.Bad("The token is for another audience.");
        }
        try {
            var claims = JSON.convertValue(answer, new TypeReference<Map<String, Object>>() {});
            return new IssuerTokenCheck.Good(Claims.subject(issuer, claims));
        } catch (Claims.NoSubject _) {
            return new IssuerTokenCheck.Bad("The token names no subject.");
        }
    }

    private boolean isForUs(JsonNode audience) {
        if (!audience.isArray()) {
            return audience.asText().equals(issuer.audience());
        }
        for (var each : audience) {
            if (each.asText().equals(issuer.audience())) {
                return true;
            }
        }
        return false;
    }

    private IssuerTokenCheck unavailable(String why) {
        return new IssuerTokenCheck.Unavailable(
                "The token's issuer " + issuer.name() + " does not answer: " + why);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
