package dev.postrider.testkit.recorder.microsoft;

import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.recorder.Calls;
import dev.postrider.testkit.recorder.Probe;
import dev.postrider.testkit.recorder.Probe.Seen;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What {@code sendMail} answers. */
record GraphSendProbes(MicrosoftAccount account, Calls calls) {
    private static final String SEND = MicrosoftAccount.ME + "/sendMail";
    private static final int FIVE_MEGABYTES = 5_000_000;

    List<Probe> probes() {
        return List.of(
                new Probe(
                        "send-answer",
                        "What is answered to a send?",
                        "202, empty",
                        () -> {
                            var answer = account.send(account.letter());
                            return new Seen(
                                    answer.status() + (answer.text().isBlank() ? ", empty" : ""),
                                    answer.text());
                        }),
                new Probe(
                        "request-ids",
                        "Which ids come with an answer, and is ours told again?",
                        "request-id, client-request-id told again",
                        this::requestIds),
                new Probe(
                        "no-recipient",
                        "What is answered to a message to nobody?",
                        "400 ErrorInvalidRecipients",
                        () -> account.send(account.letter().toNobody()).refused()),
                new Probe(
                        "no-address",
                        "What is answered to a recipient that is no address?",
                        "400 ErrorInvalidRecipients",
                        () -> account.send(account.letter().toNoAddress()).refused()),
                new Probe(
                        "no-base64",
                        "What is answered to a body that isn't base64?",
                        "400 ErrorMimeContentInvalidBase64String",
                        () -> calls.post(SEND, "text/plain", "%%%").refused()),
                new Probe(
                        "json-header",
                        "What is answered to JSON with a header that isn't X-?",
                        "400 InvalidInternetMessageHeader",
                        this::jsonHeader),
                new Probe(
                        "wrong-token",
                        "What is answered to an access token that never was?",
                        "401 InvalidAuthenticationToken",
                        () ->
                                calls.call(
                                                "POST",
                                                SEND,
                                                Map.of(
                                                        "Content-Type",
                                                        "text/plain",
                                                        "Authorization",
                                                        "Bearer recorder"),
                                                new byte[] {'%'})
                                        .refused()),
                new Probe(
                                "too-large",
                                "What is answered to a request of 6.7 MB?",
                                "413 RequestEntityTooLarge",
                                () ->
                                        calls.post(
                                                        SEND,
                                                        "text/plain",
                                                        Base64.getEncoder()
                                                                .encodeToString(
                                                                        account.letter()
                                                                                .octets(
                                                                                        FIVE_MEGABYTES)))
                                                .refused())
                        .large());
    }

    private Seen requestIds() throws IOException, InterruptedException {
        var id = UUID.randomUUID().toString();
        var answer =
                calls.call(
                        "GET",
                        MicrosoftAccount.ME,
                        Map.of("client-request-id", id, "return-client-request-id", "true"),
                        new byte[0]);
        return new Seen(
                (answer.headers().firstValue("request-id").isPresent()
                                ? "request-id"
                                : "no request-id")
                        + ", client-request-id "
                        + (answer.headers().firstValue("client-request-id").orElse("").equals(id)
                                ? "told again"
                                : "not told"));
    }

    /** To the account itself, if it were taken. */
    private Seen jsonHeader() throws IOException, InterruptedException {
        var body = Json.object();
        var message = body.putObject("message").put("subject", account.letter().subject());
        message.putObject("body").put("contentType", "Text").put("content", "x");
        message.putArray("toRecipients")
                .addObject()
                .putObject("emailAddress")
                .put("address", account.letter().self());
        message.putArray("internetMessageHeaders")
                .addObject()
                .put("name", "In-Reply-To")
                .put("value", "<none@recorder.invalid>");
        return calls.postJson(SEND, body).refused();
    }
}
