package dev.postrider.door.api.body;

/** What JSON can spell, but no UTF-8 can say. */
public final class LoneSurrogates {
    private LoneSurrogates() {}

    /** Whether there is no half of a surrogate pair in it. */
    public static boolean isText(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
