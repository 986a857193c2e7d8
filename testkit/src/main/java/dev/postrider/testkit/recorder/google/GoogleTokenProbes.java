package dev.postrider.testkit.recorder.google;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.testkit.recorder.Calls;
import dev.postrider.testkit.recorder.Probe;
import dev.postrider.testkit.recorder.Probe.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the token endpoint does. */
record GoogleTokenProbes(GoogleAccount account, Calls calls) {

    List<Probe> probes() {
        return List.of(
                new Probe(
                        "refresh-fields",
                        "Which fields has the answer to a refresh?",
                        "access_token, expires_in, id_token, scope, token_type",
                        this::fields),
                new Probe(
                        "id-token-issuer",
                        "How does the id token name its issuer?",
                        "https://accounts.google.com",
                        () -> new Seen(account.claims().path("iss").asText())),
                new Probe(
                        "id-token-address",
                        "Does the id token say the address, and that it is verified?",
                        "email, email_verified",
                        () ->
                                new Seen(
                                        names(account.claims()).stream()
                                                .filter(name -> name.startsWith("email"))
                                                .reduce((one, other) -> one + ", " + other)
                                                .orElse("no"))),
                new Probe(
                        "unknown-refresh-token",
                        "What is answered to a refresh token that never was?",
                        "400 invalid_grant",
                        () ->
                                calls.token(
                                                Map.of(
                                                        "grant_type",
                                                        "refresh_token",
                                                        "refresh_token",
                                                        "1//recorder"))
                                        .refused()),
                new Probe(
                        "wrong-secret",
                        "What is answered to a wrong client secret?",
                        "401 invalid_client",
                        () ->
                                calls.token(
                                                Map.of(
                                                        "grant_type",
                                                        "refresh_token",
                                                        "refresh_token",
                                                        "1//recorder",
                                                        "client_secret",
                                                        "recorder"))
                                        .refused()));
    }

    private Seen fields() {
        return new Seen(
                String.join(", ", names(account.granted().json())),
                "scope: " + account.granted().text("scope"));
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names.stream().sorted().toList();
    }
}
