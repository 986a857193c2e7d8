package dev.postrider.mime.address;

/** What {@link Address#parse} found: an address, or why there is none. */
public sealed interface ParsedAddress permits Address, MalformedAddress {}
