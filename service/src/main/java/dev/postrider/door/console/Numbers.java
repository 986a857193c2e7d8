package dev.postrider.door.console;

import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {
    private Numbers() {}

    /** With a comma after each thousand. */
    public static String of(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** The same, with the word for so many things. */
    public static String of(long number, String one, String many) {
        return of(number) + " " + (number == 1 ? one : many);
    }
}
