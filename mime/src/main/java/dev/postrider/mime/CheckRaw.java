package dev.postrider.mime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds everything that is wrong with a message composed elsewhere. */
final class CheckRaw {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final List<String> RECIPIENT_FIELDS = List.of("to", "cc", "bcc");

    private final byte[] octets;
    private final Flaws flaws = new Flaws();

    CheckRaw(byte[] octets) {
        this.octets = octets;
    }

    RawCheck check() {
        RawLines lines = RawLines.of(octets);
        lines.addFlaws(flaws);
        if (!flaws.found().isEmpty()) {
            return new Flawed(flaws.found());
        }
        RawHeader header = RawHeader.of(octets, lines.headerEnd(), flaws);
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
                        pieces(header),
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
    private List<Source> pieces(RawHeader header) {
        List<Source> pieces = new ArrayList<>();
        int start = 0;
        for (RawHeader.Field bcc : header.all("bcc")) {
            pieces.add(Source.of(Arrays.copyOfRange(octets, start, bcc.start())));
            start = bcc.end();
        }
        pieces.add(
                Source.of(start == 0 ? octets : Arrays.copyOfRange(octets, start, octets.length)));
        if (octets[octets.length - 1] != '\n') {
            pieces.add(Source.of(LINE_END));
        }
        return pieces;
    }
}
