package dev.postrider.lab.steps;

import dev.postrider.lab.crash.Email;
import org.jspecify.annotations.Nullable;

/**
 * Between which two steps of an email's way the program is killed, and what must have become of
 * that email in the end.
 */
enum Step {
    ADMITTED(Part.SHORT_WAY, "it has leave, and isn't kept", By.PROGRAM, Expected.NOTHING),
    KEPT(Part.SHORT_WAY, "it is committed as begun", By.PROGRAM, Expected.SENT_AGAIN),
    HANDED_OVER(Part.SHORT_WAY, "a connection has it", By.PROGRAM, Expected.SENT_AGAIN),
    ENVELOPE(
            Part.SHORT_WAY,
            "the server has its envelope, or a request's head",
            By.SERVER,
            Expected.SENT_AGAIN),
    CONTENT(
            Part.SHORT_WAY,
            "the server has all of it, and doesn't take it",
            By.SERVER,
            Expected.SENT_AGAIN),
    TAKEN(
            Part.SHORT_WAY,
            "the server has taken it, and hasn't said so",
            By.SERVER,
            Expected.SENT_TWICE),

    // too large for one request: a draft, whose file is uploaded in two ranges
    DRAFT_ASKED(Part.DRAFT, "a draft is asked for", By.SERVER, Expected.SENT_AGAIN),
    DRAFT_MADE(Part.DRAFT, "it is made, and nobody knows", By.SERVER, Expected.SENT_AGAIN),
    RANGE_ASKED(Part.DRAFT, "its file's first range has come", By.SERVER, Expected.SENT_AGAIN),
    RANGE_KEPT(Part.DRAFT, "that is kept, and nobody knows", By.SERVER, Expected.SENT_AGAIN),
    FILE_KEPT(Part.DRAFT, "the other is, too, and nobody knows", By.SERVER, Expected.SENT_AGAIN),
    DRAFT_SUBMITTED(
            Part.DRAFT, "it is committed which draft is sent", By.PROGRAM, Expected.SENT_AGAIN),
    SEND_ASKED(Part.DRAFT, "its draft is to be sent", By.SERVER, Expected.SENT_AGAIN),
    SEND_TAKEN(Part.DRAFT, "it is sent, and nobody knows", By.SERVER, Expected.SENT_AGAIN),

    ANSWERED(Part.ANY_WAY, "the server has said so", By.PROGRAM, Expected.SENT_TWICE),
    SETTLED(Part.ANY_WAY, "its outcome is committed", By.PROGRAM, Expected.SENT_ONCE),
    TOLD(Part.SHORT_WAY, "who waits is told", By.PROGRAM, Expected.SENT_ONCE),

    // an access token isn't taken, and another is asked for
    TOKEN_ASKED(Part.TOKENS, "a new token is asked for", By.SERVER, Expected.SENT_AGAIN),
    TOKEN_GIVEN(Part.TOKENS, "it is given, and hasn't arrived", By.SERVER, Expected.SENT_AGAIN),
    TOKEN_READ(Part.TOKENS, "it has arrived, and isn't stored", By.PROGRAM, Expected.SENT_AGAIN),
    TOKEN_STORED(Part.TOKENS, "it is stored, and nobody has it", By.PROGRAM, Expected.SENT_AGAIN),

    // the grant is over, and its user grants it again after the next start
    GRANT_ENDING(
            Part.GRANTS,
            "its mailbox is to be held, which isn't committed",
            By.PROGRAM,
            Expected.SENT_AGAIN),
    GRANT_ENDED(Part.GRANTS, "its mailbox is held", By.PROGRAM, Expected.SENT_AGAIN);

    private final Part part;
    private final String text;
    private final By by;
    private final Expected expected;

    Step(Part part, String text, By by, Expected expected) {
        this.part = part;
        this.text = text;
        this.by = by;
        this.expected = expected;
    }

    /** What it is a step of. */
    enum Part {
        /** An email that somebody waits for, in one request. */
        SHORT_WAY,
        /** One that is too large for that. */
        DRAFT,
        ANY_WAY,
        TOKENS,
        GRANTS
    }

    /** Who notices that the step is reached. */
    enum By {
        PROGRAM,
        SERVER
    }

    /** What becomes of the email. */
    enum Expected {
        /** It isn't kept, so it isn't sent. */
        NOTHING,
        /** It is unknown, and sent again or found; the server takes it once. */
        SENT_AGAIN,
        /** It is unknown, and sent again; the server takes it twice. */
        SENT_TWICE,
        /** It is sent, and nobody doubts it. */
        SENT_ONCE;

        boolean is(@Nullable Email email) {
            return switch (this) {
                case NOTHING -> email == null;
                case SENT_AGAIN -> is(email, true, 1);
                case SENT_TWICE -> is(email, true, 2);
                case SENT_ONCE -> is(email, false, 1);
            };
        }

        private static boolean is(@Nullable Email email, boolean unknown, int copies) {
            return email != null
                    && email.state().equals("sent")
                    && email.wasUnknown() == unknown
                    && email.copies().size() == copies;
        }
    }

    String text() {
        return text;
    }

    boolean isSeenByServer() {
        return by == By.SERVER;
    }

    Part part() {
        return part;
    }

    /**
     * What must become of an email.
     *
     * @param mayLook whether its mailbox can be asked what was sent: then nothing is sent twice
     */
    Expected expected(boolean mayLook) {
        return expected == Expected.SENT_TWICE && mayLook ? Expected.SENT_AGAIN : expected;
    }
}
