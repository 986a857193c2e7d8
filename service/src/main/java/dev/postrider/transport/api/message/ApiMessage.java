package dev.postrider.transport.api.message;

import dev.postrider.email.Content;
import dev.postrider.email.DueEmail;
import dev.postrider.email.EmailKey;
import dev.postrider.email.Recipient;
import dev.postrider.mime.read.MessagePart;
import dev.postrider.outbound.RequestBody;
import dev.postrider.transport.ContentSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An email as an API gets it: it reads its recipients from the header, so those that the header
 * doesn't name are put before it as Bcc, which the provider takes out; and so is the email's id, by
 * which it can be found in the mailbox later. Its content is read while it is written.
 */
public final class ApiMessage {
    /** By this an attempt is found again: providers replace Message-ID. */
    public static final String ID_FIELD = "X-Postrider-Id";

    private final DueEmail email;
    private final ContentSource contents;
    private final MessageHead head;
    private final List<String> bcc;
    private final byte[] added;

    private ApiMessage(DueEmail email, ContentSource contents, MessageHead head) {
        this.email = email;
        this.contents = contents;
        this.head = head;
        this.bcc = bcc(email, head.named());
        this.added = added(email, bcc).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws RequestBody.Unreadable when the content can't be read just now
     */
    public static ApiMessage of(DueEmail email, ContentSource contents)
            throws RequestBody.Unreadable {
        try (var content = open(email, contents)) {
            return new ApiMessage(email, contents, MessageHead.read(content));
        } catch (IOException e) {
            throw new RequestBody.Unreadable(e);
        }
    }

    private static List<String> bcc(DueEmail email, Set<String> named) {
        return email.recipients().stream()
                .map(Recipient::address)
                .filter(address -> !named.contains(MessageHead.key(address)))
                .toList();
    }

    private static String added(DueEmail email, List<String> bcc) {
        var id = ID_FIELD + ": " + email.key().id() + "\r\n";
        return bcc.isEmpty() ? id : "Bcc: " + String.join(",\r\n ", bcc) + "\r\n" + id;
    }

    private static InputStream open(DueEmail email, ContentSource contents) {
        return switch (email.content()) {
            case Content.InMemory(var octets) -> new ByteArrayInputStream(octets);
            case Content.Stored stored -> contents.open(stored);
        };
    }

    public MessageHead head() {
        return head;
    }

    public EmailKey key() {
        return email.key();
    }

    /** Whom the header doesn't name. */
    public List<String> bcc() {
        return bcc;
    }

    /** What the email is made of, without what is put before it. */
    public InputStream content() {
        return open(email, contents);
    }

    /** A file of it, decoded while it is read. */
    public InputStream file(MessagePart file) {
        return file.decode(
                switch (email.content()) {
                    case Content.InMemory(var octets) ->
                            new ByteArrayInputStream(
                                    octets,
                                    Math.toIntExact(file.offset()),
                                    Math.toIntExact(file.length()));
                    case Content.Stored stored ->
                            contents.open(stored, file.offset(), file.length());
                });
    }

    /**
     * Whom the header names and this attempt isn't for: they would get it all the same. They have
     * it already, were canceled, or are none of the envelope of a message that came raw.
     */
    public Set<String> namedInVain() {
        var surplus = new HashSet<>(head.named());
        surplus.removeAll(
                email.recipients().stream()
                        .map(recipient -> MessageHead.key(recipient.address()))
                        .collect(Collectors.toSet()));
        return surplus;
    }

    /** In octets, with what is put before it. */
    public long size() {
        return added.length + (long) email.content().size();
    }

    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException {
        out.write(added);
        try (var content = open(email, contents)) {
            copy(content, out);
        }
    }

    /** A failure to read is told apart from one to write. */
    private static void copy(InputStream content, OutputStream out) throws IOException {
        var piece = new byte[16 * 1024];
        for (var count = read(content, piece); count >= 0; count = read(content, piece)) {
            out.write(piece, 0, count);
        }
    }

    private static int read(InputStream content, byte[] piece) throws RequestBody.Unreadable {
        try {
            return content.read(piece);
        } catch (IOException e) {
            throw new RequestBody.Unreadable(e);
        }
    }
}
