package dev.postrider.testkit.provider.google;

import dev.postrider.testkit.provider.Client;
import dev.postrider.testkit.provider.Client.Answer;
import dev.postrider.testkit.provider.http.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What a product does at Google, in a few words. */
record GoogleClient(FakeGoogle google, Client http) {
    static final String CALLBACK = "http://127.0.0.1:9/connect/callback/google";
    static final String VERIFIER = "a-verifier-of-forty-three-characters-at-least";

    /** S256 of {@link #VERIFIER}. */
    static final String CHALLENGE = challenge();

    static GoogleClient of(FakeGoogle google) {
        google.app().redirectsTo(CALLBACK);
        return new GoogleClient(google, new Client(google.base()));
    }

    private static String challenge() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With PKCE, offline and {@code prompt=consent}; changed by pairs, an empty value drops. */
    URI authorize(String scope, String... changes) {
        var fields = new HashMap<String, String>();
        fields.put("client_id", google.app().clientId());
        fields.put("redirect_uri", CALLBACK);
        fields.put("response_type", "code");
        fields.put("scope", scope);
        fields.put("state", "opaque");
        fields.put("access_type", "offline");
        fields.put("prompt", "consent");
        fields.put("code_challenge", CHALLENGE);
        fields.put("code_challenge_method", "S256");
        change(fields, changes);
        return URI.create(google.base() + "/o/oauth2/v2/auth?" + Client.encode(fields));
    }

    Answer exchange(URI callback, String... changes) throws IOException, InterruptedException {
        var fields = client();
        fields.put("grant_type", "authorization_code");
        fields.put("code", Client.query(callback).text("code"));
        fields.put("redirect_uri", CALLBACK);
        fields.put("code_verifier", VERIFIER);
        change(fields, changes);
        return http.form("/token", fields);
    }

    Answer refresh(String refreshToken, String... changes)
            throws IOException, InterruptedException {
        var fields = client();
        fields.put("grant_type", "refresh_token");
        fields.put("refresh_token", refreshToken);
        change(fields, changes);
        return http.form("/token", fields);
    }

    private Map<String, String> client() {
        var fields = new HashMap<String, String>();
        fields.put("client_id", google.app().clientId());
        fields.put("client_secret", google.app().clientSecret());
        return fields;
    }

    private static void change(Map<String, String> fields, String... changes) {
        for (int i = 0; i < changes.length; i += 2) {
            fields.put(changes[i], changes[i + 1]);
        }
        fields.values().removeIf(String::isEmpty);
    }

    /** The answer of the token endpoint to a consent to all of these scopes. */
    Answer connect(String email, String scope) throws IOException, InterruptedException {
        google.account(email);
        return exchange(google.consent(authorize(scope), email));
    }

    /** The same, with only these boxes ticked. */
    Answer connect(String email, String scope, Set<String> ticked)
            throws IOException, InterruptedException {
        google.account(email);
        return exchange(google.consent(authorize(scope), email, ticked));
    }

    String accessToken(String email, String scope) throws IOException, InterruptedException {
        return connect(email, scope).text("access_token");
    }

    Answer send(String token, String message) throws IOException, InterruptedException {
        return send(token, message, "");
    }

    Answer send(String token, String message, String threadId)
            throws IOException, InterruptedException {
        var body =
                Json.object()
                        .put(
                                "raw",
                                Base64.getUrlEncoder()
                                        .withoutPadding()
                                        .encodeToString(message.getBytes(StandardCharsets.UTF_8)));
        if (!threadId.isEmpty()) {
            body.put("threadId", threadId);
        }
        return http.post(
                "/gmail/v1/users/me/messages/send", token, "application/json", Json.octets(body));
    }
}
