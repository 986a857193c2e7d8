package dev.postrider.door.api.send;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a caller wants to wait: {@code Prefer: wait=n}, in seconds (RFC 7240, 4.3). */
final class PreferredWait {
    private static final Duration STANDARD = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Pattern WAIT =
            Pattern.compile(
                    "(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:[,;]|$)",
                    Pattern.CASE_INSENSITIVE);

    private PreferredWait() {}

    /** What can't be understood is ignored, as the RFC asks. */
    static Duration in(@Nullable String prefer) {
        if (prefer == null) {
            return STANDARD;
        }
        var found = WAIT.matcher(prefer);
        if (!found.find()) {
            return STANDARD;
        }
        var asked = Duration.ofSeconds(Long.parseLong(found.group(1)));
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
