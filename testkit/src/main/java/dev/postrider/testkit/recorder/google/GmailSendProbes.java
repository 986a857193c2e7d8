package dev.postrider.testkit.recorder.google;

import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.recorder.Calls;
import dev.postrider.testkit.recorder.Probe;
import dev.postrider.testkit.recorder.Probe.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code messages.send} answers. */
record GmailSendProbes(GoogleAccount account, Calls calls) {
    private static final int SIX_MEGABYTES = 6_000_000;

    List<Probe> probes() {
        return List.of(
                new Probe(
                        "send-fields",
                        "Which fields has the answer to a send?",
                        "id, labelIds, threadId",
                        () -> {
                            var names = new ArrayList<String>();
                            account.send(account.letter())
                                    .good()
                                    .json()
                                    .fieldNames()
                                    .forEachRemaining(names::add);
                            return new Seen(String.join(", ", names.stream().sorted().toList()));
                        }),
                new Probe(
                        "raw-padded",
                        "Is base64url with padding taken?",
                        "200",
                        () -> {
                            var octets = account.letter().octets();
                            // so long that there is padding
                            var padded =
                                    octets.length % 3 == 0 ? account.letter().octets(78) : octets;
                            return raw(Base64.getUrlEncoder().encodeToString(padded));
                        }),
                new Probe(
                        "foreign-thread",
                        "What is answered to a threadId that the mailbox doesn't have?",
                        "404 notFound",
                        () ->
                                seen(
                                        account.send(
                                                account.letter(),
                                                Optional.of("17c0ffee17c0ffee")))),
                new Probe(
                        "no-recipient",
                        "What is answered to a message to nobody?",
                        "400 invalidArgument",
                        () -> seen(account.send(account.letter().toNobody()))),
                new Probe(
                        "no-address",
                        "What is answered to a recipient that is no address?",
                        "400 invalidArgument",
                        () -> seen(account.send(account.letter().toNoAddress()))),
                new Probe(
                        "no-raw",
                        "What is answered to a request without a message?",
                        "400 badRequest",
                        () ->
                                seen(
                                        calls.postJson(
                                                GoogleAccount.MESSAGES + "/send", Json.object()))),
                new Probe(
                        "wrong-token",
                        "What is answered to an access token that never was?",
                        "401 authError",
                        () ->
                                seen(
                                        calls.call(
                                                "POST",
                                                GoogleAccount.MESSAGES + "/send",
                                                Map.of(
                                                        "Content-Type",
                                                        "application/json",
                                                        "Authorization",
                                                        "Bearer recorder"),
                                                GoogleAccount.octets("{}")))),
                new Probe(
                                "json-too-large",
                                "What is answered to 8 MB of JSON?",
                                "413 uploadTooLarge",
                                () ->
                                        raw(
                                                Base64.getUrlEncoder()
                                                        .withoutPadding()
                                                        .encodeToString(
                                                                account.letter()
                                                                        .octets(SIX_MEGABYTES))))
                        .large());
    }

    private Seen raw(String raw) throws IOException, InterruptedException {
        return seen(
                calls.postJson(GoogleAccount.MESSAGES + "/send", Json.object().put("raw", raw)));
    }

    private static Seen seen(Calls.Answer answer) {
        return answer.refused();
    }
}
