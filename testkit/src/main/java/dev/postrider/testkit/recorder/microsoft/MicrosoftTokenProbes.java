package dev.postrider.testkit.recorder.microsoft;

import dev.postrider.testkit.recorder.Calls;
import dev.postrider.testkit.recorder.Probe;
import dev.postrider.testkit.recorder.Probe.Seen;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the token endpoint does. */
record MicrosoftTokenProbes(MicrosoftAccount account, Calls calls) {

    List<Probe> probes() {
        return List.of(
                new Probe(
                        "new-refresh-token",
                        "Does each refresh give a new refresh token?",
                        "yes",
                        () ->
                                new Seen(
                                        account.granted().text("refresh_token").isEmpty()
                                                ? "no"
                                                : "yes")),
                new Probe(
                        "old-refresh-token",
                        "Is the old refresh token good when there is a new one?",
                        "yes",
                        this::oldToken),
                new Probe(
                        "scopes-form",
                        "How are the scopes named in the answer?",
                        "with the resource's prefix",
                        () ->
                                new Seen(
                                        account.granted().text("scope").contains("://")
                                                ? "with the resource's prefix"
                                                : "by their bare names",
                                        account.granted().text("scope"))),
                new Probe(
                        "scopes-offline",
                        "Do they name offline_access?",
                        "no",
                        () ->
                                new Seen(
                                        account.granted().text("scope").contains("offline_access")
                                                ? "yes"
                                                : "no")),
                new Probe(
                        "access-token-form",
                        "Is the access token a JWT? (nobody may read it)",
                        "no",
                        () ->
                                new Seen(
                                        calls.accessToken().split("\\.", -1).length == 3
                                                ? "yes"
                                                : "no")),
                new Probe(
                        "unknown-refresh-token",
                        "What is answered to a refresh token that never was?",
                        "400 invalid_grant",
                        () -> refused(Map.of())),
                new Probe(
                        "wrong-secret",
                        "What is answered to a wrong client secret?",
                        "401 invalid_client",
                        () -> refused(Map.of("client_secret", "recorder"))));
    }

    private Seen oldToken() throws IOException, InterruptedException {
        // the account's own, which begin() has used already
        var again = calls.refresh();
        return again.status() == 200 ? new Seen("yes") : again.refused();
    }

    private Seen refused(Map<String, String> more) throws IOException, InterruptedException {
        var form = new HashMap<>(more);
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", "recorder");
        return calls.token(form).refused();
    }
}
