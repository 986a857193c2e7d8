package dev.postrider.email;

import java.util.Locale;
import java.util.Optional;

/**
 * One recipient of an email.
 *
 * @param position its place in the envelope, from 0; with the email's id its key
 * @param address addr-spec, as the envelope has it
 * @param written as its sender wrote it, perhaps with a name
 */
public record Recipient(int position, Kind kind, String address, String written) {
    public Recipient(int position, Kind kind, String address) {
        this(position, kind, address, address);
    }

    /** How its sender wrote it, if not as the address alone. */
    public Optional<String> writtenOtherwise() {
        return written.equals(address) ? Optional.empty() : Optional.of(written);
    }

    /** Where its sender wrote it. */
    public enum Kind {
        TO,
        CC,
        BCC;

        /** As the database calls it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
