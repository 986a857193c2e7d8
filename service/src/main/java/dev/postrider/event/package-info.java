/**
 * What webhooks are to be told. In comes what happened to an email, a mailbox, a connect link or an
 * app, from whoever lets it happen and in the same transaction, so that it is written down exactly
 * when it is true; the herald of {@code flow.webhook} reads it from the database. What no webhook
 * wants leaves no trace.
 */
@NullMarked
package dev.postrider.event;

import org.jspecify.annotations.NullMarked;
