package dev.postrider.testkit.provider.microsoft;

import dev.postrider.testkit.provider.Client;
import dev.postrider.testkit.provider.Client.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** What a product does at Microsoft, in a few words. */
record MicrosoftClient(FakeMicrosoft microsoft, Client http) {
    static final String CALLBACK = "http://127.0.0.1:9/connect/callback/microsoft";
    static final String SEND =
            "openid profile offline_access https://graph.microsoft.com/User.Read"
                    + " https://graph.microsoft.com/Mail.Send";

    static MicrosoftClient of(FakeMicrosoft microsoft) {
        microsoft.app().redirectsTo(CALLBACK);
        return new MicrosoftClient(microsoft, new Client(microsoft.base()));
    }

    /** At {@code common}; changed by pairs, an empty value drops. */
    URI authorize(String scope, String... changes) {
        return authorizeAt("common", scope, changes);
    }

    URI authorizeAt(String tenant, String scope, String... changes) {
        var fields = new HashMap<String, String>();
        fields.put("client_id", microsoft.app().clientId());
        fields.put("redirect_uri", CALLBACK);
        fields.put("response_type", "code");
        fields.put("scope", scope);
        fields.put("state", "opaque");
        change(fields, changes);
        return URI.create(
                microsoft.base()
                        + "/"
                        + tenant
                        + "/oauth2/v2.0/authorize?"
                        + Client.encode(fields));
    }

    Answer exchange(URI callback, String... changes) throws IOException, InterruptedException {
        var fields = client();
        fields.put("grant_type", "authorization_code");
        fields.put("code", Client.query(callback).text("code"));
        fields.put("redirect_uri", CALLBACK);
        return token(fields, changes);
    }

    Answer refresh(String refreshToken, String... changes)
            throws IOException, InterruptedException {
        var fields = client();
        fields.put("grant_type", "refresh_token");
        fields.put("refresh_token", refreshToken);
        return token(fields, changes);
    }

    /** At the tenant that stands under {@code tenant}, or at {@code common}. */
    Answer token(Map<String, String> given, String... changes)
            throws IOException, InterruptedException {
        var fields = new HashMap<>(given);
        change(fields, changes);
        String tenant = fields.getOrDefault("tenant", "common");
        fields.remove("tenant");
        return http.form("/" + tenant + "/oauth2/v2.0/token", fields);
    }

    Map<String, String> client() {
        var fields = new HashMap<String, String>();
        fields.put("client_id", microsoft.app().clientId());
        fields.put("client_secret", microsoft.app().clientSecret());
        return fields;
    }

    private static void change(Map<String, String> fields, String... changes) {
        for (int i = 0; i < changes.length; i += 2) {
            fields.put(changes[i], changes[i + 1]);
        }
        fields.values().removeIf(String::isEmpty);
    }

    Answer connect(String email, String scope) throws IOException, InterruptedException {
        microsoft.account(email);
        return exchange(microsoft.consent(authorize(scope), email));
    }

    String accessToken(String email, String scope) throws IOException, InterruptedException {
        return connect(email, scope).text("access_token");
    }

    Answer send(String token, String message) throws IOException, InterruptedException {
        byte[] body = Base64.getEncoder().encode(message.getBytes(StandardCharsets.UTF_8));
        return http.post("/v1.0/me/sendMail", token, "text/plain", body);
    }
}
