package dev.postrider.mime.address;

import dev.postrider.mime.header.EncodedWords;
import dev.postrider.mime.text.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An email address with the name to show for it: {@code "Doe, John" <john@example.com>}.
 *
 * <p>Held in one canonical form: the domain in lower case and in A-labels ({@code
 * xn--bcher-kva.example}), so that only a local part outside ASCII needs SMTPUTF8; the local part
 * in its own case, quoted only where RFC 5321 wants it.
 *
 * @param displayName the name, unencoded; empty for none
 * @param localPart what stands before the {@code @}
 * @param domain the domain in A-labels
 */
public record Address(String displayName, String localPart, String domain)
        implements ParsedAddress {
    /**
     * Octets of {@code local@domain}: RFC 5321 section 4.5.3.1.3 allows 256 with angle brackets.
     */
    public static final int MAX_OCTETS = 254;

    /** Characters of a display name. */
    static final int MAX_NAME_LENGTH = 1_000;

    /**
     * @throws IllegalArgumentException if this is no address; {@link #parse} says so by a value
     */
    public Address {
        String flaw = flawIn(displayName, localPart, domain);
        if (flaw != null) {
            throw new IllegalArgumentException(flaw);
        }
        localPart = LocalPart.canonical(localPart);
        domain = Domain.canonical(domain);
    }

    /**
     * Reads {@code a@b}, {@code Name <a@b>} or {@code "Quoted, Name" <a@b>}: exactly one address. A
     * name may come encoded (RFC 2047) or with commas and quotes of its own.
     */
    public static ParsedAddress parse(String text) {
        return ParseAddress.parse(text);
    }

    /**
     * Reads addresses separated by commas or semicolons, each or why it is none. A comma belongs to
     * a name where no address stands before it: {@code Doe, John <j@x>} is one.
     *
     * @param max of more the first ones and one beyond are given back
     */
    public static List<ParsedAddress> parseList(String text, int max) {
        return AddressList.parse(text, max);
    }

    /** Puts a name, as it is, and {@code a@b} together. */
    public static ParsedAddress of(String displayName, String addrSpec) {
        return ParseAddress.join(displayName, addrSpec);
    }

    /** {@code local@domain}, as the envelope has it. */
    public String addrSpec() {
        return localPart + "@" + domain;
    }

    /**
     * Whether its name holds an @ or angle brackets and isn't the address: as an author's, some
     * readers would take it for the address.
     */
    public boolean isNamedAsAnother() {
        return !displayName.equalsIgnoreCase(addrSpec())
                && DisplayName.holdsAnotherAddress(
                        displayName,
                        !Ascii.isPrintable(displayName) || EncodedWords.looksEncoded(displayName));
    }

    /** Whether the server must know SMTPUTF8 (RFC 6531) to take this address. */
    public boolean needsSmtpUtf8() {
        return localPart.getBytes(StandardCharsets.UTF_8).length != localPart.length();
    }

    /** The form that {@link #parse} reads, for people: names in their own script. */
    @Override
    public String toString() {
        return displayName.isEmpty()
                ? addrSpec()
                : DisplayName.written(displayName) + " <" + addrSpec() + ">";
    }

    /** The first flaw, or null for a sound address. */
    static @Nullable String flawIn(String displayName, String localPart, String domain) {
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
        return octets > MAX_OCTETS
                ? "The address has %d octets; at most %d are allowed.".formatted(octets, MAX_OCTETS)
                : null;
    }
}
