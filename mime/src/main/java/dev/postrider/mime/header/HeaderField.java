package dev.postrider.mime.header;

import java.util.List;
import java.util.Optional;

/**
 * A header field of the caller's own.
 *
 * @param name the field's name; not one of {@link ForbiddenHeaders}
 * @param value its text, unencoded and unfolded; addresses or URIs where the field has those
 */
public record HeaderField(String name, String value) {
    /** The value of the first field of a name, whatever its case. */
    public static Optional<String> first(List<HeaderField> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .findFirst();
    }
}
