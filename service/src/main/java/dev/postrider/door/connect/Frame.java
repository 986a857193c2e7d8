package dev.postrider.door.connect;

/**
 * What stands around each page.
 *
 * @param base of its URLs, without a slash at its end
 * @param version of style and icon: another for each change of them
 */
public record Frame(String title, String base, String version) {}
