package dev.postrider.outbound;

import dev.postrider.outbound.CallResult.Answered;
import dev.postrider.outbound.CallResult.Why;

/**
 * What became of a request over a session: for what mustn't be done twice, it tells apart whether
 * the server can have had all of it.
 *
 * @param <T> what its sink made of the body
 */
public sealed interface SessionResult<T> {
    /** The server answered, whatever its status. */
    record Answer<T>(Answered<T> answer) implements SessionResult<T> {}

    /**
     * The server can't have had all of the request: it is safe to make it again.
     *
     * @param reason what is wrong, to be read behind a host's name
     */
    record NotSent<T>(Why why, String reason) implements SessionResult<T> {}

    /**
     * All of the request may have left, and no answer came.
     *
     * @param reason likewise
     */
    record Unanswered<T>(Why why, String reason) implements SessionResult<T> {}

    /** It was not to leave any more: the server can't have had all of it. */
    record Withdrawn<T>() implements SessionResult<T> {}

    /** What was to be sent can't be read; the server can't have had all of it. */
    record Unreadable<T>(String reason) implements SessionResult<T> {}
}
