package dev.postrider.transport.graph;

import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.OnUnknown;
import dev.postrider.flow.store.enqueue.NewEmail;
import dev.postrider.mime.address.Address;
import dev.postrider.mime.compose.Attachment;
import dev.postrider.mime.compose.ComposeDraft;
import dev.postrider.mime.compose.Composed;
import dev.postrider.mime.compose.Draft;
import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.read.MessageLimits;
import dev.postrider.mime.read.MessagePart;
import dev.postrider.mime.read.ParsedMessage;
import dev.postrider.rig.FlowRig;
import dev.postrider.testkit.provider.mail.StoredMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Composed messages with large files, and what became of them. */
final class LargeMail {
    static final String HTML = "<p>Grüße, with a picture: <img src=\"cid:logo@example.org\"></p>";

    private LargeMail() {}

    /** A file whose octets its name decides. */
    static Attachment file(String name, int octets) {
        return Attachment.file(name, Source.of(octets(name, octets)));
    }

    static byte[] octets(String name, int octets) {
        var all = new byte[octets];
        new Random(name.hashCode()).nextBytes(all);
        return all;
    }

    static Draft.Builder draft(EmailKey key, List<Attachment> files) {
        var draft =
                Draft.from(
                                address("Ann <ann@example.org>"),
                                "<" + key.id() + "@example.org>",
                                ZonedDateTime.now(ZoneOffset.UTC))
                        .to(List.of(address("\"Bob, B.\" <bob@example.org>")))
                        .cc(List.of(address("cy@example.org")))
                        .replyTo(List.of(address("desk@example.org")))
                        .subject("Größe \"matters\"")
                        .html(HTML)
                        .inReplyTo("<first@example.org>")
                        .references(List.of("<zero@example.org>", "<first@example.org>"))
                        .header("X-Order", "4711");
        files.forEach(draft::attach);
        return draft;
    }

    static Address address(String text) {
        return (Address) Address.parse(text);
    }

    static byte[] composed(Draft.Builder draft) throws IOException {
        var composed = (Composed) ComposeDraft.compose(draft.build());
        try (var content = composed.open()) {
            return content.readAllBytes();
        }
    }

    /** To Bob and Cy, whom its header names, and to Eve. */
    static NewEmail email(
            FlowRig flow, LaneKey lane, EmailKey key, OnUnknown onUnknown, byte[] content) {
        var email =
                flow.lanes()
                        .email(
                                key,
                                lane,
                                content,
                                "bob@example.org",
                                "cy@example.org",
                                "eve@example.org");
        var delivery = email.delivery();
        return new NewEmail(
                email.key(),
                email.lane(),
                email.userId(),
                email.keyId(),
                email.envelope(),
                email.message(),
                email.header(),
                new NewEmail.Delivery(
                        delivery.awaited(),
                        delivery.priority(),
                        delivery.dueAt(),
                        onUnknown,
                        delivery.giveUpAt()),
                email.tags());
    }

    static ParsedMessage parsed(StoredMessage message) throws IOException {
        return ParsedMessage.of(new ByteArrayInputStream(message.octets()), MessageLimits.TAKEN);
    }

    /** Name and digest of each file that came. */
    static List<String> files(StoredMessage message) throws IOException {
        var octets = message.octets();
        return parsed(message).files().stream()
                .map(part -> part.filename() + " " + digest(decoded(octets, part)))
                .toList();
    }

    /** The same of what was sent. */
    static String sent(String name, int octets) {
        return name + " " + digest(octets(name, octets));
    }

    private static byte[] decoded(byte[] message, MessagePart part) {
        var from = (int) part.offset();
        try (InputStream octets =
                part.decode(
                        new ByteArrayInputStream(
                                Arrays.copyOfRange(message, from, from + (int) part.length())))) {
            return octets.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
