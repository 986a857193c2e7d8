package dev.postrider.mime;

/** Addresses for tests, where a flaw is a defect of the test. */
final class Addresses {
    private Addresses() {}

    static Address address(String text) {
        return switch (Address.parse(text)) {
            case Address address -> address;
            case MalformedAddress malformed -> throw new AssertionError(malformed.reason());
        };
    }

    static Address address(String name, String addrSpec) {
        return switch (Address.of(name, addrSpec)) {
            case Address address -> address;
            case MalformedAddress malformed -> throw new AssertionError(malformed.reason());
        };
    }

    /** Readers give a local part without its quotes. */
    static String quotedIfNeeded(String localPart) {
        return LocalPart.flawIn(localPart) == null ? localPart : DisplayName.quote(localPart);
    }
}
