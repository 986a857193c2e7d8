package dev.postrider.transport.smtp;

/**
 * What this program calls itself to servers (POSTRIDER_EHLO_NAME): a host name or an address
 * literal; empty for the literal of the address that a connection comes from (RFC 5321 section
 * 4.1.4).
 */
public record EhloName(String name) {
    public static final EhloName LITERAL = new EhloName("");
}
