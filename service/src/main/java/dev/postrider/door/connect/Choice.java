package dev.postrider.door.connect;

/**
 * Something to click at.
 *
 * @param value of the form, or where it leads
 * @param kind how it looks: a class of the style sheet
 */
public record Choice(String value, String kind, String label) {}
