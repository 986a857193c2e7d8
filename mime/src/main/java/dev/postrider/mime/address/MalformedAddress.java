package dev.postrider.mime.address;

/**
 * Text that is no address, and why.
 *
 * @param reason a sentence that the person who wrote the address can act on; it never repeats
 *     control characters
 */
public record MalformedAddress(String reason) implements ParsedAddress {}
