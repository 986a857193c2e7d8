package dev.postrider.door.console.start;

import dev.postrider.door.console.Filled;
import dev.postrider.door.console.Moment;
import org.jspecify.annotations.Nullable;

/**
 * The page.
 *
 * @param base of URLs that work from outside, as far as it is known
 * @param publicUrl empty unless its viewer may know
 * @param mailbox the one that sends the test email
 * @param key shown this once
 * @param secret of the new webhook, shown this once
 * @param filled the form that was refused
 */
public record StartPage(
        String formToken,
        String base,
        @Nullable PublicUrlStep publicUrl,
        @Nullable String mailbox,
        @Nullable TestEmail email,
        boolean hasSent,
        boolean hasKey,
        @Nullable String key,
        boolean mayHaveWebhooks,
        boolean hasWebhook,
        @Nullable String secret,
        Filled filled) {
    public int done() {
        return count(publicUrl == null || publicUrl.isSet())
                + count(mailbox != null)
                + count(hasSent)
                + count(hasKey)
                + count(!mayHaveWebhooks || hasWebhook);
    }

    public boolean isAllDone() {
        return done() == 5;
    }

    private static int count(boolean is) {
        return is ? 1 : 0;
    }

    /**
     * Where clients and browsers reach the program.
     *
     * @param fixed whether the operator's environment says it
     */
    public record PublicUrlStep(@Nullable String url, boolean fixed) {
        public boolean isSet() {
            return url != null;
        }
    }

    /**
     * The one that was sent last.
     *
     * @param tone how it stands: good, warn or bad
     * @param isOnItsWay whether the page goes on to look
     */
    public record TestEmail(
            String id,
            String to,
            String state,
            String tone,
            String text,
            Moment at,
            boolean isOnItsWay,
            @Nullable String sandbox) {}
}
