package dev.postrider.door.console;

import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {
    private static final String[] UNITS = {"KB", "MB", "GB", "TB"};

    private Numbers() {}

    /** With a comma after each thousand. */
    public static String of(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** The same, with the word for so many things. */
    public static String of(long number, String one, String many) {
        return of(number) + " " + (number == 1 ? one : many);
    }

    /** A size in octets, with two or three digits. Units are of 1,000, as disks have them. */
    public static String octets(long octets) {
        if (octets < 1_000) {
            return of(octets, "byte", "bytes");
        }
        var size = (double) octets;
        var unit = -1;
        while (size >= 999.5 && unit < UNITS.length - 1) {
            size /= 1_000;
            unit++;
        }
        return String.format(
                Locale.ENGLISH, size < 9.95 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
    }
}
