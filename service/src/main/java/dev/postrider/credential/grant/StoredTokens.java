package dev.postrider.credential.grant;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.credential.provider.AccessToken;
import dev.postrider.credential.provider.Audience;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens of a grant as they are sealed; never prints them.
 *
 * @param refreshToken empty for an app's own access
 * @param access one for each audience
 */
record StoredTokens(Optional<String> refreshToken, Map<Audience, Entry> access) {
    private static final ObjectMapper JSON = new ObjectMapper();

    StoredTokens {
        access = Map.copyOf(access);
    }

    /**
     * An access token.
     *
     * @param refreshAt from when on it is better to have another
     * @param refused the hash of the token that the provider refused and that this one replaced
     */
    record Entry(AccessToken token, Instant refreshAt, Optional<String> refused) {
        boolean replaced(AccessToken other) {
            return refused.filter(hash(other.value())::equals).isPresent();
        }

        Entry replacing(Optional<AccessToken> other) {
            return new Entry(token, refreshAt, other.map(each -> hash(each.value())));
        }
    }

    Optional<Entry> of(Audience audience) {
        return Optional.ofNullable(access.get(audience));
    }

    /** What the newest access token is for. */
    Audience lastUsed() {
        return access.entrySet().stream()
                .max(Comparator.comparing(each -> each.getValue().token().expiresAt()))
                .map(Map.Entry::getKey)
                .orElse(Audience.API);
    }

    /** With a new access token, and the refresh token that came with it or else the old one. */
    StoredTokens with(Audience audience, Entry entry, Optional<String> newRefreshToken) {
        var all = new EnumMap<Audience, Entry>(Audience.class);
        all.putAll(access);
        all.put(audience, entry);
        return new StoredTokens(newRefreshToken.or(() -> refreshToken), all);
    }

    String json() {
        var root = JSON.createObjectNode();
        refreshToken.ifPresent(token -> root.put("refresh", token));
        var tokens = root.putObject("access");
        access.forEach((audience, entry) -> write(tokens.putObject(name(audience)), entry));
        return root.toString();
    }

    private static void write(ObjectNode node, Entry entry) {
        node.put("token", entry.token().value())
                .put("expires", entry.token().expiresAt().toString())
                .put("refresh_at", entry.refreshAt().toString());
        entry.refused().ifPresent(hash -> node.put("refused", hash));
        var scopes = node.putArray("scopes");
        entry.token().scopes().stream().sorted().forEach(scopes::add);
    }

    /**
     * @throws IllegalArgumentException when it isn't what {@link #json} made
     */
    static StoredTokens parse(String json) {
        try {
            var root = JSON.readTree(json);
            var access = new EnumMap<Audience, Entry>(Audience.class);
            for (var audience : Audience.values()) {
                var node = root.path("access").path(name(audience));
                if (node.isObject()) {
                    access.put(audience, entry(node));
                }
            }
            return new StoredTokens(
                    Optional.ofNullable(root.get("refresh")).map(JsonNode::asText), access);
        } catch (JsonProcessingException _) {
            throw new IllegalArgumentException("these are no stored tokens");
        }
    }

    private static Entry entry(JsonNode node) {
        var scopes = new HashSet<String>();
        node.path("scopes").forEach(each -> scopes.add(each.asText()));
        return new Entry(
                new AccessToken(
                        node.path("token").asText(),
                        Instant.parse(node.path("expires").asText()),
                        scopes),
                Instant.parse(node.path("refresh_at").asText()),
                Optional.ofNullable(node.get("refused")).map(JsonNode::asText));
    }

    private static String name(Audience audience) {
        return audience.name().toLowerCase(Locale.ROOT);
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "StoredTokens[" + access.keySet() + "]";
    }
}
