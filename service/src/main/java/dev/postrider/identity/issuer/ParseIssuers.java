package dev.postrider.identity.issuer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jws.AlgorithmIdentifiers;

/** Reads the file that {@code POSTRIDER_OIDC_FILE} names: a list of issuers as JSON. */
public final class ParseIssuers {
    /** A shared secret would let whoever checks tokens make them (RFC 8725, 3.1). */
    private static final Set<String> ASYMMETRIC =
            Set.of(
                    AlgorithmIdentifiers.RSA_USING_SHA256,
                    AlgorithmIdentifiers.RSA_USING_SHA384,
                    AlgorithmIdentifiers.RSA_USING_SHA512,
                    AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
                    AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
                    AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
                    AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
                    AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
                    AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
                    AlgorithmIdentifiers.EDDSA);

    private static final Set<String> NAMES =
            Set.of(
                    "issuer",
                    "audience",
                    "algorithms",
                    "token_type",
                    "jwks_uri",
                    "introspection",
                    "sign_in",
                    "create_users",
                    "link_by_email",
                    "email_claim",
                    "workspace_claim",
                    "role_claim",
                    "roles");

    private static final Set<String> SIGN_IN_NAMES =
            Set.of("id", "label", "client_id", "client_secret", "scopes");

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ParseIssuers() {}

    /**
     * @throws BadIssuers saying what is wrong
     */
    public static List<Issuer> from(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new BadIssuers("The file " + file + " can't be read (" + e.getMessage() + ").");
        } catch (BadIssuers e) {
            throw new BadIssuers("In " + file + ": " + e.getMessage());
        }
    }

    /**
     * An issuer with the usual settings.
     *
     * @throws BadIssuers saying what is wrong
     */
    public static Issuer usual(String issuer, String audience, boolean createUsers) {
        return new Issuer(
                url(issuer).toString(),
                audience,
                List.of(AlgorithmIdentifiers.RSA_USING_SHA256),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Issuer.Admission(
                        createUsers, false, "email", Optional.empty(), Optional.empty(), Map.of()));
    }

    /**
     * What people sign in by, with the usual settings.
     *
     * @param issuer whose host it is named by
     */
    public static Issuer.SignIn usualSignIn(
            String issuer, String clientId, Optional<String> clientSecret, Optional<String> label) {
        var host = url(issuer).getHost().toLowerCase(Locale.ROOT);
        return new Issuer.SignIn(
                host.replaceAll("[^a-z0-9.-]", "-"),
                label.orElse(host),
                clientId,
                clientSecret,
                List.of("email", "profile"));
    }

    public static List<Issuer> parse(String json) {
        JsonNode list;
        try {
            list = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new BadIssuers("it isn't JSON: " + e.getOriginalMessage() + ".");
        }
        if (!list.isArray()) {
            throw new BadIssuers("it isn't a list of issuers.");
        }
        var issuers = new ArrayList<Issuer>();
        list.forEach(each -> issuers.add(issuer(each)));
        var names = new HashSet<String>();
        issuers.forEach(each -> {
            if (!names.add(each.name())) {
                throw new BadIssuers("the issuer " + each.name() + " is listed twice.");
            }
        });
        var ids = new HashSet<String>();
        issuers.stream()
                .flatMap(each -> each.signIn().stream())
                .filter(each -> !ids.add(each.id()))
                .findFirst()
                .ifPresent(each -> {
                    throw new BadIssuers(
                            "two issuers have the sign_in.id \""
                                    + each.id()
                                    + "\": give each one of its own.");
                });
        return issuers;
    }

    private static void requireKnown(JsonNode node, Set<String> names, String within) {
        node.fieldNames()
                .forEachRemaining(name -> {
                    if (!names.contains(name)) {
                        throw new BadIssuers("there is no setting \"" + within + name + "\".");
                    }
                });
    }

    private static Issuer issuer(JsonNode node) {
        requireKnown(node, NAMES, "");
        var usual =
                usual(
                        text(node, "issuer").orElseThrow(() -> missing("issuer")),
                        text(node, "audience").orElseThrow(() -> missing("audience")),
                        node.path("create_users").asBoolean(false));
        return new Issuer(
                usual.name(),
                usual.audience(),
                algorithms(node.path("algorithms"), usual.algorithms()),
                text(node, "token_type"),
                text(node, "jwks_uri").map(ParseIssuers::url),
                introspection(node.path("introspection")),
                signIn(node.path("sign_in"), usual.name()),
                new Issuer.Admission(
                        usual.admission().createUsers(),
                        node.path("link_by_email").asBoolean(false),
                        text(node, "email_claim").orElse("email"),
                        text(node, "workspace_claim"),
                        text(node, "role_claim"),
                        roles(node.path("roles"))));
    }

    private static List<String> algorithms(JsonNode node, List<String> usual) {
        var algorithms = new ArrayList<String>();
        node.forEach(each -> algorithms.add(each.asText()));
        if (!ASYMMETRIC.containsAll(algorithms)) {
            throw new BadIssuers(
                    "algorithms may be " + ASYMMETRIC.stream().sorted().toList() + ".");
        }
        return algorithms.isEmpty() ? usual : algorithms;
    }

    private static Optional<Issuer.Introspection> introspection(JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(
                new Issuer.Introspection(
                        text(node, "endpoint").map(ParseIssuers::url),
                        text(node, "client_id")
                                .orElseThrow(() -> missing("introspection.client_id")),
                        text(node, "client_secret")
                                .orElseThrow(() -> missing("introspection.client_secret"))));
    }

    private static Optional<Issuer.SignIn> signIn(JsonNode node, String issuer) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        requireKnown(node, SIGN_IN_NAMES, "sign_in.");
        var usual =
                usualSignIn(
                        issuer,
                        text(node, "client_id").orElseThrow(() -> missing("sign_in.client_id")),
                        text(node, "client_secret"),
                        text(node, "label"));
        var id = text(node, "id").orElse(usual.id());
        if (!id.matches("[a-z0-9][a-z0-9.-]{0,99}")) {
            throw new BadIssuers(
                    "sign_in.id may have small letters, digits, dots and hyphens: it stands in a URL.");
        }
        var scopes = new ArrayList<String>();
        node.path("scopes").forEach(each -> scopes.add(each.asText()));
        return Optional.of(
                new Issuer.SignIn(
                        id,
                        usual.label(),
                        usual.clientId(),
                        usual.clientSecret(),
                        node.has("scopes") ? scopes : usual.scopes()));
    }

    private static Map<String, String> roles(JsonNode node) {
        var roles = new HashMap<String, String>();
        node.properties().forEach(role -> roles.put(role.getKey(), role.getValue().asText()));
        if (!Set.of("owner", "admin", "member").containsAll(roles.values())) {
            throw new BadIssuers("roles may lead to owner, admin or member.");
        }
        return roles;
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name))
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank());
    }

    private static BadIssuers missing(String name) {
        return new BadIssuers("\"" + name + "\" is missing.");
    }

    /** Tokens and keys go by HTTPS; a provider on this machine may do without. */
    private static URI url(String text) {
        try {
            var url = URI.create(text);
            if (url.getHost() != null
                    && ("https".equals(url.getScheme())
                            || ("http".equals(url.getScheme()) && isLoopback(url.getHost())))) {
                return url;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new BadIssuers("\"" + text + "\" is not an https URL.");
    }

    private static boolean isLoopback(String host) {
        try {
            return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
