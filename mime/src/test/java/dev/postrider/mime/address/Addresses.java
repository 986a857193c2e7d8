package dev.postrider.mime.address;

import dev.postrider.mime.text.QuotedString;

/** Addresses for tests, where a flaw is a defect of the test. */
public final class Addresses {
    private Addresses() {}

    public static Address address(String text) {
        return switch (Address.parse(text)) {
            case Address address -> address;
            case MalformedAddress malformed -> throw new AssertionError(malformed.reason());
        };
    }

    public static Address address(String name, String addrSpec) {
        return switch (Address.of(name, addrSpec)) {
            case Address address -> address;
            case MalformedAddress malformed -> throw new AssertionError(malformed.reason());
        };
    }

    /** Readers give a local part without its quotes. */
    public static String quotedIfNeeded(String localPart) {
        return LocalPart.flawIn(localPart) == null ? localPart : QuotedString.quote(localPart);
    }
}
