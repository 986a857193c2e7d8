package dev.postrider.mime.header;

/**
 * A header field of the caller's own.
 *
 * @param name the field's name; not one of {@link ForbiddenHeaders}
 * @param value its text, unencoded and unfolded; addresses or URIs where the field has those
 */
public record HeaderField(String name, String value) {}
