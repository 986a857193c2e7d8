package dev.postrider.mime.text;

/** Finds the characters that could forge a header or end one early. */
public final class ControlCharacters {
    private ControlCharacters() {}

    /** The index of the first control character (C0, DEL or C1), or -1. */
    public static int firstIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Names the character at an index without repeating it: {@code a line feed at character 3}. */
    public static String describe(String text, int index) {
        char control = text.charAt(index);
        String name =
                switch (control) {
                    case '\r' -> "a carriage return";
                    case '\n' -> "a line feed";
                    case '\t' -> "a tab";
                    case '\0' -> "a NUL";
                    default -> "the control character U+%04X".formatted((int) control);
                };
        return name + " at character " + (index + 1) + "; remove it";
    }
}
