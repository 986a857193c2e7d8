package dev.postrider.testkit.recorder.microsoft;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.testkit.recorder.Calls;
import dev.postrider.testkit.recorder.Calls.Answer;
import dev.postrider.testkit.recorder.Letter;
import dev.postrider.testkit.recorder.Probe;
import dev.postrider.testkit.recorder.Provider;
import dev.postrider.testkit.recorder.Redact;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A Microsoft mailbox that writes to itself. For one thread. */
public final class MicrosoftAccount implements Provider {
    static final String ME = "/v1.0/me";

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int LOOKS = 240;

    private final Calls calls;
    private final Redact redact;
    private String self = "";
    private Answer granted = Answer.NONE;

    public MicrosoftAccount(Calls calls, Redact redact) {
        this.calls = calls;
        this.redact = redact;
    }

    @Override
    public String name() {
        return "microsoft";
    }

    @Override
    public Set<String> begin() throws IOException, InterruptedException {
        granted = calls.refresh().good();
        var me = calls.get(ME + "?$select=mail,userPrincipalName").good();
        self =
                Optional.of(me.text("mail"))
                        .filter(mail -> mail.contains("@"))
                        .orElseGet(() -> me.text("userPrincipalName"));
        if (!self.contains("@")) {
            throw new IOException("the account has no address");
        }
        redact.address(self).secret(me.text("userPrincipalName"));
        return Set.of(granted.text("scope").split(" ")).stream()
                .map(scope -> scope.substring(scope.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT))
                .filter(scope -> !scope.isEmpty())
                .collect(Collectors.toSet());
    }

    @Override
    public List<Probe> probes() {
        var all = new ArrayList<Probe>(new MicrosoftTokenProbes(this, calls).probes());
        all.addAll(new GraphSendProbes(this, calls).probes());
        all.addAll(new GraphMailProbes(this, calls).probes());
        all.addAll(new GraphDraftProbes(this, calls).probes());
        return all;
    }

    /** What the token endpoint answered to the refresh. */
    Answer granted() {
        return granted;
    }

    Letter letter() {
        return Letter.to(self);
    }

    Answer send(Letter letter) throws IOException, InterruptedException {
        return calls.post(ME + "/sendMail", "text/plain", letter.base64());
    }

    /** An item, and how long it took to be there. */
    record Filed(JsonNode item, Duration after) {}

    /** The newest of a folder that is of this letter, once it is there. */
    Optional<Filed> filed(Letter letter, String folder, Predicate<JsonNode> isIt)
            throws IOException, InterruptedException {
        var begun = System.nanoTime();
        for (var i = 0; i < LOOKS; i++) {
            var list = calls.get(ME + "/mailFolders/" + folder + "/messages?$top=20").good();
            for (var item : list.json().path("value")) {
                if (item.path("subject").asText().equals(letter.subject()) && isIt.test(item)) {
                    return Optional.of(
                            new Filed(item, Duration.ofNanos(System.nanoTime() - begun)));
                }
            }
            Thread.sleep(LOOK_EVERY);
        }
        return Optional.empty();
    }

    /** The copy in Sent Items of what is sent now. */
    JsonNode sent(Letter letter) throws IOException, InterruptedException {
        var _ = send(letter).good();
        return filed(letter, "sentitems", _ -> true)
                .map(Filed::item)
                .orElseThrow(() -> new IOException("it didn't come to Sent Items in two minutes"));
    }

    /** An item as a MIME message. */
    String value(JsonNode item) throws IOException, InterruptedException {
        return calls.get(ME + "/messages/" + Calls.encoded(item.path("id").asText()) + "/$value")
                .good()
                .text();
    }

    /** A field of a MIME message's header, unfolded. */
    static Optional<String> field(String message, String name) {
        var head = message.split("\r?\n\r?\n", 2)[0].replaceAll("\r?\n[ \t]+", " ");
        return head.lines()
                .filter(line ->
                        line.toLowerCase(Locale.ROOT)
                                .startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }
}
