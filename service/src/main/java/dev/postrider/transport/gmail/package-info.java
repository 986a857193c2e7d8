/**
 * Mailboxes that send through the Gmail API. Small messages go as JSON, larger ones are uploaded;
 * an answer that was lost is looked for under the label SENT by {@code X-Postrider-Id}, since
 * Google replaces Message-ID.
 */
@NullMarked
package dev.postrider.transport.gmail;

import org.jspecify.annotations.NullMarked;
