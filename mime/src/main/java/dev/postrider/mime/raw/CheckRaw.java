package dev.postrider.mime.raw;

import dev.postrider.mime.address.Address;
import dev.postrider.mime.address.AddressList;
import dev.postrider.mime.address.Author;
import dev.postrider.mime.address.MalformedAddress;
import dev.postrider.mime.address.ParseAuthor;
import dev.postrider.mime.address.ParsedAddress;
import dev.postrider.mime.compose.Flaw;
import dev.postrider.mime.compose.Flaws;
import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.read.MessageLimits;
import dev.postrider.mime.read.ParseMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with a message composed elsewhere. */
final class CheckRaw {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final List<String> RECIPIENT_FIELDS = List.of("to", "cc", "bcc");

    /** Fields that name whoever sends, beside From; ours is the From's. */
    private static final List<String> SENDER_FIELDS = List.of("sender", "return-path");

    private final Source message;
    private final Flaws flaws = new Flaws();

    CheckRaw(Source message) {
        this.message = message;
    }

    RawCheck check() throws IOException {
        ParseMessage parse = new ParseMessage(MessageLimits.TAKEN.withText(0));
        RawLines lines = RawLines.of(message, parse);
        lines.addFlaws(flaws);
        parse.end().exceeded().forEach(this::exceeded);
        if (!flaws.areNone()) {
            return new RawCheck.Flawed(flaws.found());
        }
        byte[] octets = lines.header();
        RawHeader header = RawHeader.of(octets, flaws);
        Address from = from(header);
        if (from != null) {
            SENDER_FIELDS.forEach(field -> sender(header, field, from));
        }
        List<Address> recipients = recipients(header);
        addresses(header, "reply-to");
        return from != null && flaws.areNone()
                ? new RawMessage(
                        header,
                        pieces(header, octets, lines),
                        lines.hasEightBit(),
                        from,
                        recipients)
                : new RawCheck.Flawed(flaws.found());
    }

    private void exceeded(MessageLimits.Exceeded what) {
        MessageLimits limits = MessageLimits.TAKEN;
        switch (what) {
            case HEADER_FIELDS -> tooMany("A header has", limits.headerFields(), "fields");
            case PARTS -> tooMany("The message has", limits.parts(), "parts");
            case DEPTH -> tooMany("Parts are nested", limits.depth(), "levels deep");
            case HEADER_OCTETS ->
                    flaws.add(
                            "raw",
                            Flaw.Kind.TOO_LONG,
                            "A header has more than %d octets.".formatted(limits.headerOctets()));
            case TEXT -> {
                // it isn't wanted here
            }
        }
    }

    private void tooMany(String what, int limit, String unit) {
        flaws.add("raw", Flaw.Kind.TOO_MANY, "%s more than %d %s.".formatted(what, limit, unit));
    }

    private @Nullable Address from(RawHeader header) {
        List<RawHeader.Field> fields = header.all("from");
        if (fields.isEmpty()) {
            flaws.add(
                    "From",
                    Flaw.Kind.MISSING,
                    "The header has no From, which says whose mailbox sends.");
            return null;
        }
        return author(fields.getFirst());
    }

    private void sender(RawHeader header, String name, Address from) {
        for (RawHeader.Field field : header.all(name)) {
            Address sender = author(field);
            flaws.addIf(
                    sender != null && !sender.addrSpec().equals(from.addrSpec()),
                    field.name(),
                    Flaw.Kind.FOREIGN,
                    "This field must name the same address as From; leave it out.");
        }
    }

    private @Nullable Address author(RawHeader.Field field) {
        if (field.value().isBlank()) {
            flaws.add(field.name(), Flaw.Kind.MISSING, "The field has no address.");
            return null;
        }
        return switch (ParseAuthor.parse(field.value())) {
            case Author.Clear(Address address) -> address;
            case Author.Malformed(String reason) -> {
                flaws.add(field.name(), Flaw.Kind.MALFORMED, reason);
                yield null;
            }
            case Author.Unclear(Author.Reason reason) -> {
                flaws.add(
                        field.name(),
                        Flaw.Kind.AMBIGUOUS,
                        "This field %s.".formatted(reason.words()));
                yield null;
            }
        };
    }

    /** Each once, however often it is written. */
    private List<Address> recipients(RawHeader header) {
        Map<String, Address> recipients = new LinkedHashMap<>();
        for (String name : RECIPIENT_FIELDS) {
            for (Address address : addresses(header, name)) {
                recipients.putIfAbsent(address.addrSpec(), address);
            }
        }
        return List.copyOf(recipients.values());
    }

    private List<Address> addresses(RawHeader header, String name) {
        List<Address> sound = new ArrayList<>();
        for (RawHeader.Field field : header.all(name)) {
            List<ParsedAddress> addresses =
                    AddressList.parse(field.value(), RawMessage.MAX_ADDRESSES);
            flaws.addIf(
                    addresses.size() > RawMessage.MAX_ADDRESSES,
                    field.name(),
                    Flaw.Kind.TOO_MANY,
                    "There are more than %d addresses.".formatted(RawMessage.MAX_ADDRESSES));
            for (ParsedAddress parsed : addresses) {
                switch (parsed) {
                    case Address address -> sound.add(address);
                    case MalformedAddress malformed ->
                            flaws.add(field.name(), Flaw.Kind.MALFORMED, malformed.reason());
                }
            }
        }
        return sound;
    }

    /** The octets around the Bcc fields. */
    private List<Source> pieces(RawHeader header, byte[] octets, RawLines lines) {
        List<Source> pieces = new ArrayList<>();
        if (header.all("bcc").isEmpty()) {
            pieces.add(message);
        } else {
            int start = 0;
            for (RawHeader.Field bcc : header.all("bcc")) {
                pieces.add(Source.of(Arrays.copyOfRange(octets, start, bcc.start())));
                start = bcc.end();
            }
            pieces.add(Source.of(Arrays.copyOfRange(octets, start, octets.length)));
            pieces.add(body(lines.headerEnd()));
        }
        if (!lines.areEnded()) {
            pieces.add(Source.of(LINE_END));
        }
        return pieces;
    }

    private Source body(long start) {
        return Source.of(
                message.size() - start,
                () -> {
                    InputStream in = message.open();
                    in.skipNBytes(start);
                    return in;
                });
    }
}
