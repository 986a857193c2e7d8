package dev.postrider.testkit.recorder.microsoft;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.recorder.Calls;
import dev.postrider.testkit.recorder.Calls.Answer;
import dev.postrider.testkit.recorder.Probe;
import dev.postrider.testkit.recorder.Probe.Seen;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What drafts and upload sessions do: by which large messages are sent and lost answers settled.
 */
record GraphDraftProbes(MicrosoftAccount account, Calls calls) {
    private static final String WRITE = "mail.readwrite";
    private static final Map<String, String> IMMUTABLE = Map.of("Prefer", "IdType=\"ImmutableId\"");
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final int LOOKS = 480;

    /** Smaller files go in a request. */
    private static final int FOUR_MEGABYTES = 4_000_000;

    List<Probe> probes() {
        return List.of(
                probe(
                        "draft-id-after-send",
                        "Has the message in Sent Items its draft's immutable id, and how soon is it no draft?",
                        "the same id, within 10 s",
                        this::sentDraft),
                probe(
                        "draft-message-id",
                        "Is the Message-ID of a draft kept when it is sent?",
                        "kept",
                        this::draftMessageId),
                probe(
                        "draft-sent-twice",
                        "What is answered when a draft is sent a second time?",
                        "404 ErrorItemNotFound",
                        this::sentTwice),
                probe(
                        "upload-host",
                        "Is an upload session at another host than the API?",
                        "yes",
                        () -> {
                            var draft = draft();
                            var url = session(draft).text("uploadUrl");
                            delete(draft);
                            return new Seen(
                                    calls.isOfApi(url) ? "no" : "yes", URI.create(url).getHost());
                        }),
                probe(
                        "upload-with-authorization",
                        "What is answered to an upload with an Authorization header?",
                        "401",
                        this::withAuthorization));
    }

    private static Probe probe(String key, String question, String fake, Probe.Ask ask) {
        return new Probe(key, question, fake, WRITE, ask);
    }

    private JsonNode draft() throws IOException, InterruptedException {
        return calls.call(
                        "POST",
                        MicrosoftAccount.ME + "/messages",
                        Map.of("Content-Type", "text/plain", "Prefer", "IdType=\"ImmutableId\""),
                        account.letter().base64().getBytes(US_ASCII))
                .good()
                .json();
    }

    private static String path(JsonNode item) {
        return MicrosoftAccount.ME + "/messages/" + Calls.encoded(item.path("id").asText());
    }

    private Answer send(JsonNode draft) throws IOException, InterruptedException {
        return calls.call("POST", path(draft) + "/send", IMMUTABLE, new byte[0]);
    }

    private void delete(JsonNode draft) throws IOException, InterruptedException {
        var _ = calls.call("DELETE", path(draft), IMMUTABLE, new byte[0]);
    }

    private Seen sentDraft() throws IOException, InterruptedException {
        var draft = draft();
        var _ = send(draft).good();
        var begun = System.nanoTime();
        for (var i = 0; i < LOOKS; i++) {
            var now = calls.call("GET", path(draft), IMMUTABLE, new byte[0]);
            var after = Duration.ofNanos(System.nanoTime() - begun);
            if (now.status() == 404) {
                return new Seen("another id", after.toMillis() + " ms");
            }
            if (!now.good().json().path("isDraft").asBoolean()) {
                return new Seen(
                        "the same id, "
                                + (after.toSeconds() < 10
                                        ? "within 10 s"
                                        : "after " + after.toSeconds() + " s"),
                        after.toMillis() + " ms");
            }
            Thread.sleep(LOOK_EVERY);
        }
        return new Seen("still a draft after two minutes");
    }

    private Seen draftMessageId() throws IOException, InterruptedException {
        var draft = draft();
        var _ = send(draft).good();
        var before = draft.path("internetMessageId").asText();
        for (var i = 0; i < LOOKS; i++) {
            var now = calls.call("GET", path(draft), IMMUTABLE, new byte[0]).good().json();
            if (!now.path("isDraft").asBoolean()) {
                return new Seen(
                        now.path("internetMessageId").asText().equals(before)
                                ? "kept"
                                : "replaced");
            }
            Thread.sleep(LOOK_EVERY);
        }
        return new Seen("still a draft after two minutes");
    }

    private Seen sentTwice() throws IOException, InterruptedException {
        var draft = draft();
        var _ = send(draft).good();
        return send(draft).refused();
    }

    private Answer session(JsonNode draft) throws IOException, InterruptedException {
        var body = Json.object();
        body.putObject("AttachmentItem")
                .put("attachmentType", "file")
                .put("name", "record.bin")
                .put("size", FOUR_MEGABYTES);
        return calls.postJson(path(draft) + "/attachments/createUploadSession", body).good();
    }

    private Seen withAuthorization() throws IOException, InterruptedException {
        var draft = draft();
        var url = session(draft).text("uploadUrl");
        var answer =
                calls.call(
                        "PUT",
                        url,
                        Map.of(
                                "Authorization",
                                "Bearer recorder",
                                "Content-Range",
                                "bytes 0-9/" + FOUR_MEGABYTES),
                        new byte[10]);
        delete(draft);
        return new Seen(String.valueOf(answer.status()), answer.words());
    }
}
