package dev.postrider.testkit.recorder.google;

import dev.postrider.testkit.recorder.Calls;
import dev.postrider.testkit.recorder.Letter;
import dev.postrider.testkit.recorder.Probe;
import dev.postrider.testkit.recorder.Probe.Seen;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What becomes of a message: in Sent, and with whom it is delivered to. */
record GmailMailProbes(GoogleAccount account, Calls calls) {
    private static final String READ = "gmail.metadata|gmail.readonly|gmail.modify|mail.google.com";

    List<Probe> probes() {
        return List.of(
                probe(
                        "message-id",
                        "Is the Message-ID kept?",
                        "replaced",
                        () -> {
                            var letter = account.letter();
                            var now = header(letter, "Message-ID");
                            return now.equals(letter.messageId())
                                    ? new Seen("kept")
                                    : new Seen("replaced", now);
                        }),
                probe(
                        "date",
                        "Is the Date kept?",
                        "kept",
                        () -> {
                            var letter = account.letter();
                            var now = header(letter, "Date");
                            return now.equals(letter.date())
                                    ? new Seen("kept")
                                    : new Seen("changed", now);
                        }),
                probe(
                        "own-field",
                        "Is an X- field kept, and its name's case?",
                        "kept, " + Letter.FIELD,
                        () -> {
                            var id = sent(account.letter());
                            return account.headers(id).stream()
                                    .map(each -> each.path("name").asText())
                                    .filter(Letter.FIELD::equalsIgnoreCase)
                                    .findFirst()
                                    .map(name -> new Seen("kept, " + name))
                                    .orElseGet(() -> new Seen("gone"));
                        }),
                probe(
                        "from-of-another",
                        "What becomes of a From that isn't the mailbox's?",
                        "replaced",
                        () -> {
                            var from = header(account.letter().fromNobody(), "From");
                            return from.contains("recorder.invalid")
                                    ? new Seen("kept")
                                    : new Seen("replaced");
                        }),
                probe(
                        "bcc-in-sent",
                        "Is Bcc in the copy in Sent?",
                        "yes",
                        () -> has(account.header(sent(account.letter().withBcc()), "Bcc"))),
                probe(
                        "bcc-delivered",
                        "Is Bcc in what recipients get?",
                        "Sent and Inbox show one message",
                        this::bccDelivered),
                probe(
                        "list-by-label",
                        "Is a message in the list of Sent at once?",
                        "yes",
                        () -> {
                            var id = sent(account.letter());
                            var list =
                                    calls.get(
                                                    GoogleAccount.MESSAGES
                                                            + "?labelIds=SENT&maxResults=5")
                                            .good();
                            return new Seen(list.text().contains(id) ? "yes" : "no");
                        }),
                probe(
                        "thread-by-id",
                        "Does threadId with the same subject alone put a message into its thread?",
                        "yes",
                        () -> thread(true, false)),
                probe(
                        "thread-by-own-message-id",
                        "Do References with the Message-ID that was sent, and replaced, do so?",
                        "no",
                        () -> thread(false, true)),
                probe(
                        "unknown-message",
                        "What is answered to an id that never was?",
                        "404 notFound",
                        () ->
                                calls.get(
                                                GoogleAccount.MESSAGES
                                                        + "/17c0ffee17c0ffee?format=metadata")
                                        .refused()));
    }

    private static Probe probe(String key, String question, String fake, Probe.Ask ask) {
        return new Probe(key, question, fake, READ, ask);
    }

    private String sent(Letter letter) throws IOException, InterruptedException {
        return account.send(letter).good().text("id");
    }

    private String header(Letter letter, String name) throws IOException, InterruptedException {
        return account.header(sent(letter), name).orElse("");
    }

    private static Seen has(Optional<String> header) {
        return new Seen(header.isPresent() ? "yes" : "no");
    }

    private Seen bccDelivered() throws IOException, InterruptedException {
        var letter = account.letter().withBcc();
        var id = sent(letter);
        var copy = account.delivered(letter, id);
        if (copy.isEmpty()) {
            return new Seen("nothing came within a minute");
        }
        return copy.get().equals(id)
                ? new Seen("Sent and Inbox show one message")
                : has(account.header(copy.get(), "Bcc"));
    }

    private Seen thread(boolean byId, boolean byReferences)
            throws IOException, InterruptedException {
        var first = account.letter();
        var begun = account.send(first).good().text("threadId");
        var second = account.letter().about("Re: " + first.subject());
        var reply = byReferences ? second.inReplyTo(first.messageId()) : second;
        var answer = account.send(reply, byId ? Optional.of(begun) : Optional.empty()).good();
        return new Seen(answer.text("threadId").equals(begun) ? "yes" : "no");
    }
}
