package dev.postrider.mime.address;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with the parts of an address. */
final class AddressFlaw {
    private AddressFlaw() {}

    /** The first flaw, or null for a sound address. */
    static @Nullable String in(String displayName, String localPart, String domain) {
        String flaw = DisplayName.flawIn(displayName);
        if (flaw == null) {
            flaw = LocalPart.flawIn(localPart);
        }
        if (flaw == null) {
            flaw = Domain.flawIn(domain);
        }
        return flaw == null ? lengthFlaw(localPart, domain) : flaw;
    }

    private static @Nullable String lengthFlaw(String localPart, String domain) {
        int octets =
                LocalPart.canonical(localPart).getBytes(StandardCharsets.UTF_8).length
                        + 1
                        + Domain.canonical(domain).length();
        return octets > Address.MAX_OCTETS
                ? "The address has %d octets; at most %d are allowed."
                        .formatted(octets, Address.MAX_OCTETS)
                : null;
    }
}
