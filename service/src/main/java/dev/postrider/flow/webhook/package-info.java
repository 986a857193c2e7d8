/**
 * The herald: tells applications what became of their email. In come {@code /webhooks} requests and
 * the events that settling wrote into the outbox; out go signed HTTP calls, each retried until the
 * endpoint takes it or the last retry has failed. An endpoint that is slow, away or hostile is a
 * value like any other answer, and holds up no other endpoint.
 */
@NullMarked
package dev.postrider.flow.webhook;

import org.jspecify.annotations.NullMarked;
