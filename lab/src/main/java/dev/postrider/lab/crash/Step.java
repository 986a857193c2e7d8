package dev.postrider.lab.crash;

import org.jspecify.annotations.Nullable;

/**
 * Between which two steps of an awaited email's short way the program is killed, and what must have
 * become of that email in the end.
 */
enum Step {
    ADMITTED("it has leave, and isn't kept", By.PROGRAM, Expected.NOTHING),
    KEPT("it is committed as begun", By.PROGRAM, Expected.SENT_AGAIN),
    HANDED_OVER("a connection has it", By.PROGRAM, Expected.SENT_AGAIN),
    ENVELOPE("the server has its envelope, or a request's head", By.SERVER, Expected.SENT_AGAIN),
    CONTENT("the server has all of it, and doesn't take it", By.SERVER, Expected.SENT_AGAIN),
    TAKEN("the server has taken it, and hasn't said so", By.SERVER, Expected.SENT_TWICE),
    ANSWERED("the server has said so", By.PROGRAM, Expected.SENT_TWICE),
    SETTLED("its outcome is committed", By.PROGRAM, Expected.SENT_ONCE),
    TOLD("who waits is told", By.PROGRAM, Expected.SENT_ONCE),

    // an access token isn't taken, and another is asked for
    TOKEN_ASKED("a new token is asked for", By.SERVER, Expected.SENT_AGAIN),
    TOKEN_GIVEN("it is given, and hasn't arrived", By.SERVER, Expected.SENT_AGAIN),
    TOKEN_READ("it has arrived, and isn't stored", By.PROGRAM, Expected.SENT_AGAIN),
    TOKEN_STORED("it is stored, and nobody has it", By.PROGRAM, Expected.SENT_AGAIN),

    // the grant is over, and its user grants it again after the next start
    GRANT_ENDING(
            "its mailbox is to be held, which isn't committed", By.PROGRAM, Expected.SENT_AGAIN),
    GRANT_ENDED("its mailbox is held", By.PROGRAM, Expected.SENT_AGAIN);

    private final String text;
    private final By by;
    private final Expected expected;

    Step(String text, By by, Expected expected) {
        this.text = text;
        this.by = by;
        this.expected = expected;
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

    boolean isOfTokens() {
        return switch (this) {
            case TOKEN_ASKED, TOKEN_GIVEN, TOKEN_READ, TOKEN_STORED -> true;
            case ADMITTED,
                    KEPT,
                    HANDED_OVER,
                    ENVELOPE,
                    CONTENT,
                    TAKEN,
                    ANSWERED,
                    SETTLED,
                    TOLD,
                    GRANT_ENDING,
                    GRANT_ENDED ->
                    false;
        };
    }

    boolean isOfGrants() {
        return this == GRANT_ENDING || this == GRANT_ENDED;
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
