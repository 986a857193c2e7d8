package dev.postrider.mime.raw;

import dev.postrider.mime.address.Address;
import dev.postrider.mime.compose.Composed;
import dev.postrider.mime.compose.HeaderBlock;
import dev.postrider.mime.compose.MessageId;
import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.header.DecodeWords;
import dev.postrider.mime.read.MessageLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A message that the caller composed. Its bytes stay as they are, signatures and all, except that
 * {@code Bcc} fields are taken out and a missing last line end is added.
 */
public final class RawMessage implements RawCheck {
    /** Of each of To, Cc and Bcc. */
    public static final int MAX_ADDRESSES = 1_000;

    private final RawHeader header;
    private final List<Source> pieces;
    private final boolean needsEightBit;
    private final Address from;
    private final List<Address> recipients;

    RawMessage(
            RawHeader header,
            List<Source> pieces,
            boolean needsEightBit,
            Address from,
            List<Address> recipients) {
        this.header = header;
        this.pieces = List.copyOf(pieces);
        this.needsEightBit = needsEightBit;
        this.from = from;
        this.recipients = List.copyOf(recipients);
    }

    /**
     * Checks a message's bytes, which must not change afterwards: only CRLF line ends, no line over
     * 998 octets, no NUL, within {@link MessageLimits#TAKEN}; a header of well-formed fields, none
     * twice that RFC 5322 section 3.6 wants once, a {@code Date} that there is, addresses that are
     * some, none that servers write. {@code From} is one address in a form that all readers read
     * alike; {@code Sender} and {@code Return-Path}, if they are there, name the same.
     */
    public static RawCheck check(Source message) throws IOException {
        return new CheckRaw(message).check();
    }

    /** The same for a message in memory. */
    public static RawCheck check(byte[] octets) {
        try {
            return check(Source.of(octets));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The author, from {@code From}. */
    public Address from() {
        return from;
    }

    /** Whoever {@code To}, {@code Cc} and {@code Bcc} name, each once. */
    public List<Address> recipients() {
        return recipients;
    }

    /** The subject as people read it; empty if there is none. */
    public String subject() {
        String subject = header.value("subject");
        return subject == null ? "" : DecodeWords.in(subject.strip());
    }

    /** The Message-ID with its angle brackets, or null if there is none. */
    public @Nullable String messageId() {
        String id = header.value("message-id");
        return id == null ? null : id.strip();
    }

    /** Which of {@code Date} and {@code Message-ID} the message lacks and should get. */
    public Set<String> missing() {
        Set<String> missing = new TreeSet<>();
        if (header.value("date") == null) {
            missing.add("Date");
        }
        if (header.value("message-id") == null) {
            missing.add("Message-ID");
        }
        return missing;
    }

    /** The message with what it lacks put before its header, as RFC 6409 section 8 allows. */
    public Composed complete(String messageId, ZonedDateTime date) {
        if (!MessageId.isSound(messageId)) {
            throw new IllegalArgumentException("No Message-ID: " + messageId);
        }
        StringBuilder added = new StringBuilder();
        HeaderBlock block = new HeaderBlock(added);
        Set<String> missing = missing();
        if (missing.contains("Date")) {
            block.date(date);
        }
        if (missing.contains("Message-ID")) {
            block.verbatim("Message-ID", messageId);
        }
        List<Source> whole = new ArrayList<>(pieces);
        whole.addFirst(Source.of(added.toString().getBytes(StandardCharsets.US_ASCII)));
        return new Composed(whole, needsEightBit, header.isUtf8());
    }
}
