package dev.postrider.credential.grant;

import dev.postrider.credential.provider.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * When tokens are refreshed. Each mailbox has a moment of its own within a span, by its id, so that
 * those which were connected together aren't refreshed together.
 */
final class RefreshTimes {
    /** A token is replaced so long before its end, as far as its life is long enough. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final Duration JITTER = Duration.ofMinutes(5);

    /** With less left, a token may be over before it arrives. */
    private static final Duration LEAST_LIFE = Duration.ofSeconds(20);

    /** Who has sent lately, will again: their token is replaced before they need it. */
    private static final Duration LATELY = Duration.ofHours(2);

    /**
     * Who doesn't send is refreshed all the same: refresh tokens die unused after 90 days at
     * Microsoft and six months at Google, and it is known early that one was revoked.
     */
    private static final Duration IDLE = Duration.ofHours(24);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private RefreshTimes() {}

    /** From when on it is better to have another token than this one, asked for now. */
    static Instant refreshAt(UUID mailbox, AccessToken token, Instant now) {
        var life = Duration.between(now, token.expiresAt());
        var fifth = life.dividedBy(5);
        var margin = MARGIN.compareTo(fifth) < 0 ? MARGIN : fifth;
        var jitter = JITTER.compareTo(fifth) < 0 ? JITTER : fifth;
        return token.expiresAt().minus(margin).minus(share(mailbox, jitter));
    }

    static boolean isUsable(AccessToken token, Instant now) {
        return token.expiresAt().isAfter(now.plus(LEAST_LIFE));
    }

    /** When a grant is refreshed next, whoever asks. */
    static Optional<Instant> next(
            GrantRow.Key key,
            boolean isApplication,
            Instant usedAt,
            Instant refreshAt,
            Instant now) {
        if (usedAt.isAfter(now.minus(LATELY))) {
            return Optional.of(refreshAt);
        }
        return isApplication
                ? Optional.empty()
                : Optional.of(now.plus(IDLE).minus(share(key.mailboxId(), IDLE.dividedBy(4))));
    }

    /** Before a refresh that failed is tried again. */
    static Duration pause(Duration told, int failures) {
        var grown = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
        var bounded = grown.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : grown;
        return told.compareTo(bounded) > 0 ? told : bounded;
    }

    private static Duration share(UUID mailbox, Duration span) {
        return span.multipliedBy(Math.floorMod(mailbox.hashCode(), 1000)).dividedBy(1000);
    }
}
