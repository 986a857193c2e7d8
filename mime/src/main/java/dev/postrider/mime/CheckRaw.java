package dev.postrider.mime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds everything that is wrong with a message composed elsewhere. */
final class CheckRaw {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final List<String> RECIPIENT_FIELDS = List.of("to", "cc", "bcc");

    private final Source message;
    private final Flaws flaws = new Flaws();

    CheckRaw(Source message) {
        this.message = message;
    }

    RawCheck check() throws IOException {
        RawLines lines = RawLines.of(message);
        lines.addFlaws(flaws);
        if (!flaws.found().isEmpty()) {
            return new Flawed(flaws.found());
        }
        byte[] octets = lines.header();
        RawHeader header = RawHeader.of(octets, octets.length, flaws);
        List<Address> from = addresses(header, "from");
        flaws.addIf(
                from.size() > 1,
                "From",
                Flaw.Kind.MALFORMED,
                "There are several authors; Postrider sends for one.");
        flaws.addIf(
                header.value("from") == null,
                "From",
                Flaw.Kind.MISSING,
                "The header has no From, which says whose mailbox sends.");
        Map<String, Address> recipients = new LinkedHashMap<>();
        for (String field : RECIPIENT_FIELDS) {
            addresses(header, field)
                    .forEach(address -> recipients.putIfAbsent(address.addrSpec(), address));
        }
        return flaws.found().isEmpty()
                ? new RawMessage(
                        header,
                        pieces(header, octets, lines),
                        lines.hasEightBit(),
                        from.getFirst(),
                        List.copyOf(recipients.values()))
                : new Flawed(flaws.found());
    }

    private List<Address> addresses(RawHeader header, String name) {
        List<Address> addresses = new ArrayList<>();
        for (RawHeader.Field field : header.all(name)) {
            for (String text : AddressList.split(field.value())) {
                switch (ReadAddress.readEncoded(text)) {
                    case Address address -> addresses.add(address);
                    case MalformedAddress malformed ->
                            flaws.add(field.name(), Flaw.Kind.MALFORMED, malformed.reason());
                }
            }
            flaws.addIf(
                    addresses.isEmpty() && name.equals("from"),
                    field.name(),
                    Flaw.Kind.MISSING,
                    "The field has no address.");
        }
        return addresses;
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
            pieces.add(new SourceTail(message, lines.headerEnd()));
        }
        if (!lines.areEnded()) {
            pieces.add(Source.of(LINE_END));
        }
        return pieces;
    }
}
