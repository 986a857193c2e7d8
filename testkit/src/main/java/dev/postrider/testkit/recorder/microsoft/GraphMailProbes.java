package dev.postrider.testkit.recorder.microsoft;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.testkit.recorder.Calls;
import dev.postrider.testkit.recorder.Letter;
import dev.postrider.testkit.recorder.Probe;
import dev.postrider.testkit.recorder.Probe.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What becomes of a message: in Sent Items, and with whom it is delivered to. */
record GraphMailProbes(MicrosoftAccount account, Calls calls) {
    /** {@code $value} needs more than the basics. */
    private static final String READ = "mail.read|mail.readwrite";

    List<Probe> probes() {
        return List.of(
                probe(
                        "sent-delay",
                        "How soon is the copy in Sent Items?",
                        "within 10 s",
                        this::sentDelay),
                probe(
                        "message-id",
                        "Is the Message-ID of a MIME kept?",
                        "kept",
                        () -> {
                            var letter = account.letter();
                            var now = account.sent(letter).path("internetMessageId").asText();
                            return now.equals(letter.messageId())
                                    ? new Seen("kept")
                                    : new Seen("replaced", now);
                        }),
                probe(
                        "filter-by-message-id",
                        "Is it found in Sent Items by its Message-ID?",
                        "yes",
                        this::filter),
                probe(
                        "date",
                        "Is the Date kept?",
                        "kept",
                        () -> {
                            var letter = account.letter();
                            var now = field(account.sent(letter), "Date");
                            return now.equals(letter.date())
                                    ? new Seen("kept")
                                    : new Seen("changed", now);
                        }),
                probe(
                        "own-field",
                        "Is an X- field kept, and its name's case?",
                        "kept, " + Letter.FIELD,
                        this::ownField),
                probe(
                        "own-field-in-list",
                        "Do internetMessageHeaders of Sent Items have it?",
                        "no",
                        this::listed),
                probe(
                        "from-of-another",
                        "What becomes of a From that isn't the mailbox's?",
                        "replaced",
                        this::from),
                probe(
                        "bcc-in-sent",
                        "Is Bcc in the copy in Sent Items?",
                        "yes",
                        () ->
                                new Seen(
                                        account.sent(account.letter().withBcc())
                                                        .path("bccRecipients")
                                                        .isEmpty()
                                                ? "no"
                                                : "yes")),
                probe("bcc-delivered", "Is Bcc in what recipients get?", "no", this::bccDelivered),
                probe(
                        "reply-by-fields",
                        "Do In-Reply-To and References put a message into its conversation?",
                        "yes",
                        () -> conversation(true)),
                probe(
                        "reply-with-other-subject",
                        "Do they with another subject?",
                        "yes",
                        () -> conversation(false)),
                probe(
                        "unknown-message",
                        "What is answered to an id that never was?",
                        "404 ErrorItemNotFound",
                        () ->
                                calls.get(MicrosoftAccount.ME + "/messages/AAMkAG_recorder")
                                        .refused()));
    }

    private static Probe probe(String key, String question, String fake, Probe.Ask ask) {
        return new Probe(key, question, fake, READ, ask);
    }

    private Seen sentDelay() throws IOException, InterruptedException {
        var letter = account.letter();
        var _ = account.send(letter).good();
        return account.filed(letter, "sentitems", _ -> true)
                .map(filed ->
                        new Seen(
                                filed.after().toSeconds() < 10
                                        ? "within 10 s"
                                        : "after " + filed.after().toSeconds() + " s",
                                filed.after().toMillis() + " ms"))
                .orElseGet(() -> new Seen("not within two minutes"));
    }

    private Seen filter() throws IOException, InterruptedException {
        var id = account.sent(account.letter()).path("internetMessageId").asText();
        var found =
                calls.get(
                                MicrosoftAccount.ME
                                        + "/mailFolders/sentitems/messages?$filter="
                                        + Calls.encoded("internetMessageId eq '" + id + "'")
                                        + "&$select=id")
                        .good();
        return new Seen(found.json().path("value").isEmpty() ? "no" : "yes");
    }

    private Seen ownField() throws IOException, InterruptedException {
        var message = account.value(account.sent(account.letter()));
        return message.lines()
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.split(":", 2)[0])
                .filter(Letter.FIELD::equalsIgnoreCase)
                .findFirst()
                .map(name -> new Seen("kept, " + name))
                .orElseGet(() -> new Seen("gone"));
    }

    private Seen listed() throws IOException, InterruptedException {
        var item = account.sent(account.letter());
        var headers =
                calls.get(
                                MicrosoftAccount.ME
                                        + "/messages/"
                                        + Calls.encoded(item.path("id").asText())
                                        + "?$select=internetMessageHeaders")
                        .good()
                        .json()
                        .path("internetMessageHeaders");
        var names = new ArrayList<String>();
        headers.forEach(each -> names.add(each.path("name").asText()));
        return names.stream()
                .filter(Letter.FIELD::equalsIgnoreCase)
                .findFirst()
                .map(name -> new Seen("yes, " + name))
                .orElseGet(() -> new Seen("no"));
    }

    private Seen from() throws IOException, InterruptedException {
        var answer = account.send(account.letter().fromNobody());
        if (answer.status() != 202) {
            return answer.refused();
        }
        var letter = account.letter().fromNobody();
        return new Seen(
                field(account.sent(letter), "From").contains("recorder.invalid")
                        ? "kept"
                        : "replaced");
    }

    private Seen bccDelivered() throws IOException, InterruptedException {
        var letter = account.letter().withBcc();
        var _ = account.send(letter).good();
        var copy = account.filed(letter, "inbox", _ -> true);
        if (copy.isEmpty()) {
            return new Seen("nothing came within two minutes");
        }
        var item = copy.get().item();
        var hasField = MicrosoftAccount.field(account.value(item), "Bcc").isPresent();
        return new Seen(hasField || !item.path("bccRecipients").isEmpty() ? "yes" : "no");
    }

    private Seen conversation(boolean sameSubject) throws IOException, InterruptedException {
        var first = account.letter();
        var begun = account.sent(first);
        var subject = sameSubject ? "Re: " + first.subject() : "Another matter " + first.mark();
        var reply =
                account.letter().about(subject).inReplyTo(begun.path("internetMessageId").asText());
        var same = account.sent(reply).path("conversationId").equals(begun.path("conversationId"));
        return new Seen(same ? "yes" : "no");
    }

    private String field(JsonNode item, String name) throws IOException, InterruptedException {
        return MicrosoftAccount.field(account.value(item), name.toLowerCase(Locale.ROOT))
                .orElse("");
    }
}
