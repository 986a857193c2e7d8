package dev.postrider.testkit.recorder.google;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.recorder.Calls;
import dev.postrider.testkit.recorder.Calls.Answer;
import dev.postrider.testkit.recorder.Letter;
import dev.postrider.testkit.recorder.Probe;
import dev.postrider.testkit.recorder.Provider;
import dev.postrider.testkit.recorder.Redact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A Gmail mailbox that writes to itself. For one thread. */
public final class GoogleAccount implements Provider {
    static final String MESSAGES = "/gmail/v1/users/me/messages";

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final int LOOKS = 30;

    private final Calls calls;
    private final Redact redact;
    private String self = "";
    private Answer granted = Answer.NONE;

    public GoogleAccount(Calls calls, Redact redact) {
        this.calls = calls;
        this.redact = redact;
    }

    @Override
    public String name() {
        return "google";
    }

    @Override
    public Set<String> begin() throws IOException, InterruptedException {
        granted = calls.refresh().good();
        self = claims().path("email").asText("");
        if (self.isEmpty()) {
            self = calls.get("/gmail/v1/users/me/profile").text("emailAddress");
        }
        if (self.isEmpty()) {
            throw new IOException(
                    "the account's address can't be known: consent to openid and email too");
        }
        redact.address(self);
        return Set.of(granted.text("scope").split(" ")).stream()
                .map(scope -> scope.substring(scope.lastIndexOf('/') + 1))
                .filter(scope -> !scope.isEmpty())
                .collect(Collectors.toSet());
    }

    @Override
    public List<Probe> probes() {
        var all = new ArrayList<Probe>(new GoogleTokenProbes(this, calls).probes());
        all.addAll(new GmailSendProbes(this, calls).probes());
        all.addAll(new GmailMailProbes(this, calls).probes());
        all.addAll(new GmailUploadProbes(this, calls).probes());
        return all;
    }

    /** What the token endpoint answered to the refresh. */
    Answer granted() {
        return granted;
    }

    /** Of the id token; nobody else's hands were on it. */
    JsonNode claims() {
        var parts = granted.text("id_token").split("\\.", -1);
        return parts.length < 2
                ? Json.object()
                : Json.parse(Base64.getUrlDecoder().decode(parts[1])).orElseGet(Json::object);
    }

    Letter letter() {
        return Letter.to(self);
    }

    Answer send(Letter letter) throws IOException, InterruptedException {
        return send(letter, Optional.empty());
    }

    Answer send(Letter letter, Optional<String> threadId) throws IOException, InterruptedException {
        var body = Json.object().put("raw", letter.base64Url());
        threadId.ifPresent(id -> body.put("threadId", id));
        return calls.postJson(MESSAGES + "/send", body);
    }

    /** A header of a message, as it is there. */
    Optional<String> header(String id, String name) throws IOException, InterruptedException {
        return headers(id).stream()
                .filter(each -> each.path("name").asText().equalsIgnoreCase(name))
                .map(each -> each.path("value").asText())
                .findFirst();
    }

    List<JsonNode> headers(String id) throws IOException, InterruptedException {
        var answer = calls.get(MESSAGES + "/" + id + "?format=metadata").good();
        var all = new ArrayList<JsonNode>();
        answer.json().path("payload").path("headers").forEach(all::add);
        return all;
    }

    /** The copy in the inbox of what was sent, once it is there. */
    Optional<String> delivered(Letter letter, String sent)
            throws IOException, InterruptedException {
        for (var i = 0; i < LOOKS; i++) {
            var list = calls.get(MESSAGES + "?labelIds=INBOX&maxResults=10").good();
            for (var each : list.json().path("messages")) {
                var id = each.path("id").asText();
                if (header(id, Letter.FIELD).equals(Optional.of(letter.mark()))) {
                    return Optional.of(id);
                }
            }
            Thread.sleep(LOOK_EVERY);
        }
        return Optional.empty();
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
