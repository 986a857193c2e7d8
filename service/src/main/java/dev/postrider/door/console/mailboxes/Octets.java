package dev.postrider.door.console.mailboxes;

import java.util.Locale;

/** Sizes for people. */
final class Octets {
    private static final long STEP = 1024;

    private Octets() {}

    static String text(long octets) {
        if (octets < STEP) {
            return octets + " bytes";
        }
        var kilo = octets / (double) STEP;
        return kilo < STEP
                ? String.format(Locale.ENGLISH, "%.0f KB", kilo)
                : String.format(Locale.ENGLISH, "%.1f MB", kilo / STEP);
    }
}
