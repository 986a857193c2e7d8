package dev.postrider.transport.graph.draft;

import dev.postrider.mime.read.ParsedMessage;
import dev.postrider.transport.Objection;
import dev.postrider.transport.api.ApiLimits;
import dev.postrider.transport.api.message.MessageHead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a draft would lose of a message, so that nothing changes without a word: signatures,
 * invitations, fields that Graph doesn't take, pictures in the text that would have to be uploaded.
 */
record FindLoss(ApiLimits limits, MessageHead head, ParsedMessage message) {
    /** What has a place in a draft, or is written anew for every message. */
    private static final Set<String> KEPT =
            Set.of(
                    "from",
                    "to",
                    "cc",
                    "bcc",
                    "reply-to",
                    "subject",
                    "date",
                    "message-id",
                    "in-reply-to",
                    "references",
                    "list-unsubscribe",
                    "importance",
                    "mime-version",
                    "content-type",
                    "content-transfer-encoding");

    /** Kinds of multipart whose parts mean nothing without it. */
    private static final List<String> WHOLES =
            List.of("multipart/signed", "multipart/encrypted", "multipart/report");

    private static final Set<String> SEALS =
            Set.of(
                    "application/pkcs7-signature",
                    "application/x-pkcs7-signature",
                    "application/pkcs7-mime",
                    "application/x-pkcs7-mime",
                    "application/pgp-signature",
                    "application/pgp-encrypted");

    private static final String OTHERWISE =
            ": send less, send links, or connect the mailbox by SMTP";

    Optional<Objection> first() {
        return structure().or(this::fields).or(this::pictures).or(this::text);
    }

    private Optional<Objection> structure() {
        var type =
                head.values("content-type").stream()
                        .findFirst()
                        .orElse("")
                        .toLowerCase(Locale.ROOT);
        if (!message.exceeded().isEmpty()
                || WHOLES.stream().anyMatch(type::startsWith)
                || message.files().stream().anyMatch(file -> SEALS.contains(file.contentType()))) {
            return objection(
                    "attachments",
                    "belong to a message that is signed, encrypted or built in its own way, which"
                            + " Microsoft's API keeps only when it is small");
        }
        return message.files().stream().anyMatch(file -> file.contentType().equals("text/calendar"))
                ? objection(
                        "attachments",
                        "are too large for an email with an invitation, which Microsoft's API"
                                + " keeps only when it is small")
                : Optional.empty();
    }

    private Optional<Objection> fields() {
        var lost =
                head.names().stream()
                        .filter(name -> !DraftJson.isOwn(name) && !KEPT.contains(name))
                        .sorted()
                        .toList();
        if (!lost.isEmpty()) {
            return objection(
                    "headers",
                    "have "
                            + String.join(", ", lost)
                            + ", which Microsoft's API doesn't take for an email of this size");
        }
        var own =
                head.names().stream()
                        .filter(DraftJson::isOwn)
                        .mapToInt(name -> head.values(name).size())
                        .sum();
        // this program's id is one
        var most = limits.draftFields() - 1;
        return own <= most
                ? Optional.empty()
                : objection(
                        "headers",
                        "have "
                                + own
                                + " whose names begin with X-, and Microsoft's API takes "
                                + most
                                + " for an email of this size");
    }

    private Optional<Objection> pictures() {
        return message.files().stream()
                .map(DraftFile::new)
                .filter(DraftFile::isShown)
                .filter(file -> file.part().size() > limits.octetsOfFileRequest())
                .findFirst()
                .flatMap(file ->
                        objection(
                                "attachments",
                                "have "
                                        + file.name()
                                        + ", which the text shows, and Microsoft's API takes"
                                        + " pictures in the text up to "
                                        + limits.octetsOfFileRequest()
                                        + " octets"));
    }

    private Optional<Objection> text() {
        var octets =
                DraftJson.of(head, message, List.of(), List.of())
                        .toString()
                        .getBytes(StandardCharsets.UTF_8)
                        .length;
        return octets <= limits.octetsOfFileRequest()
                ? Optional.empty()
                : objection(
                        message.html().isPresent() ? "html" : "text",
                        "is too long for Microsoft's API: it takes texts up to about "
                                + limits.octetsOfFileRequest()
                                + " octets");
    }

    private static Optional<Objection> objection(String field, String reason) {
        return Optional.of(new Objection(field, reason + OTHERWISE));
    }
}
