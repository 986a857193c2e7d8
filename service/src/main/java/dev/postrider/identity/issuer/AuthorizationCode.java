package dev.postrider.identity.issuer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The authorization code flow of one issuer (RFC 6749, 4.1, with RFC 7636, RFC 9207 and OpenID
 * Connect Core 1.0): where a browser is sent, and whom the code names that it comes back with.
 */
record AuthorizationCode(Issuer issuer, Issuer.SignIn how, Discovery discovery, CheckJwt jwt) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a code was worth. */
    sealed interface Redeemed {
        record Named(Subject subject) implements Redeemed {}

        /** The code, or what it names, isn't one for this request; to be read behind "because". */
        record Refused(String why) implements Redeemed {}

        /** The issuer refuses this program: its operator has to mend that. */
        record ClientRefused(String error) implements Redeemed {}
    }

    /** The issuer's page on which somebody signs in. */
    URI page(String state, String nonce, String verifier, URI redirect) throws IOException {
        var query = new LinkedHashMap<String, String>();
        query.put("client_id", how.clientId());
        query.put("response_type", "code");
        query.put("response_mode", "query");
        query.put("redirect_uri", redirect.toString());
        query.put("scope", ("openid " + String.join(" ", how.scopes())).strip());
        query.put("state", state);
        query.put("nonce", nonce);
        query.put("code_challenge", challenge(verifier));
        query.put("code_challenge_method", "S256");
        return with(discovery.endpoint(issuer, "authorization_endpoint"), query);
    }

    /** Where somebody signs out there, too (OpenID Connect RP-Initiated Logout 1.0, 2). */
    Optional<URI> endPage(URI redirect) throws IOException {
        var query = new LinkedHashMap<String, String>();
        query.put("client_id", how.clientId());
        query.put("post_logout_redirect_uri", redirect.toString());
        return discovery
                .optionalEndpoint(issuer, "end_session_endpoint")
                .map(page -> with(page, query));
    }

    /** Whether an answer comes from this issuer (RFC 9207, 2.4). */
    boolean isFrom(Optional<String> iss) throws IOException {
        return iss.map(issuer.name()::equals)
                .orElse(
                        !discovery
                                .document(issuer)
                                .path("authorization_response_iss_parameter_supported")
                                .asBoolean(false));
    }

    /**
     * Exchanges a code.
     *
     * @throws IOException when the issuer doesn't answer, or with something else
     */
    Redeemed redeem(String code, String verifier, URI redirect, String nonce) throws IOException {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirect.toString());
        form.put("code_verifier", verifier);
        var login = login(form);
        var reply =
                discovery.postForReply(
                        discovery.endpoint(issuer, "token_endpoint"), login, encoded(form));
        if (reply.status() != 200) {
            var error = reply.json().path("error").asText();
            return switch (error) {
                case "invalid_grant" ->
                        new Redeemed.Refused("its code was used before or has expired");
                case "invalid_client", "unauthorized_client" -> new Redeemed.ClientRefused(error);
                default ->
                        throw new IOException("it answered " + reply.status() + " " + plain(error));
            };
        }
        return named(reply.json(), nonce);
    }

    private Redeemed named(JsonNode tokens, String nonce) throws IOException {
        var idToken = tokens.path("id_token").asText();
        if (idToken.isEmpty()) {
            return new Redeemed.Refused("no identity token came with its code");
        }
        try {
            var claims = new HashMap<>(jwt.identity(idToken, how.clientId(), nonce));
            if (lacks(claims) && !addUserInfo(claims, tokens.path("access_token").asText())) {
                return new Redeemed.Refused("its user information is somebody else's");
            }
            return new Redeemed.Named(Claims.subject(issuer, claims));
        } catch (CheckJwt.NotForUs e) {
            return new Redeemed.Refused(
                    "its identity token is no answer to this request (" + e.getMessage() + ")");
        } catch (Claims.NoSubject _) {
            return new Redeemed.Refused("its identity token names no subject");
        }
    }

    private boolean lacks(Map<String, Object> claims) {
        var admission = issuer.admission();
        return !claims.containsKey(admission.emailClaim())
                || admission.workspaceClaim().filter(name -> !claims.containsKey(name)).isPresent()
                || admission.roleClaim().filter(name -> !claims.containsKey(name)).isPresent();
    }

    /**
     * What an identity token doesn't say that comes with a code, the issuer says when it is asked
     * (OpenID Connect Core 1.0, 5.4).
     *
     * @return false when it is of another subject (5.3.2)
     */
    private boolean addUserInfo(Map<String, Object> claims, String accessToken) throws IOException {
        var endpoint = discovery.optionalEndpoint(issuer, "userinfo_endpoint");
        if (endpoint.isEmpty() || accessToken.isEmpty()) {
            return true;
        }
        var answer = discovery.get(endpoint.get(), accessToken);
        if (!answer.isObject()) {
            throw new IOException("its user information is no JSON object");
        }
        var said = JSON.convertValue(answer, new TypeReference<Map<String, Object>>() {});
        if (!String.valueOf(claims.get("sub")).equals(said.get("sub"))) {
            return false;
        }
        if (claims.containsKey(issuer.admission().emailClaim())) {
            said.remove(Claims.EMAIL_VERIFIED); // of the address that it says, which isn't taken
        }
        said.forEach(claims::putIfAbsent);
        return true;
    }

    /** As the issuer wants it: in the header unless it says otherwise (Discovery 1.0, 3). */
    private Optional<String> login(Map<String, String> form) throws IOException {
        var methods = discovery.document(issuer).path("token_endpoint_auth_methods_supported");
        var takesBasic =
                methods.isEmpty() || methods.toString().contains("\"client_secret_basic\"");
        if (how.clientSecret().isPresent() && takesBasic) {
            var login = encoded(how.clientId()) + ":" + encoded(how.clientSecret().get());
            return Optional.of(
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
        }
        form.put("client_id", how.clientId());
        how.clientSecret().ifPresent(secret -> form.put("client_secret", secret));
        return Optional.empty();
    }

    /** S256 (RFC 7636, 4.2). */
    private static String challenge(String verifier) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI with(URI page, Map<String, String> query) {
        return URI.create(page + (page.getRawQuery() == null ? "?" : "&") + encoded(query));
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private static String plain(String error) {
        return error.matches("[A-Za-z0-9_.-]{1,60}") ? error : "";
    }
}
