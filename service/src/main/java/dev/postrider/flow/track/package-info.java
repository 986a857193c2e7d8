/**
 * What became of emails, for those who sent them: in comes an id or a page, out goes an email with
 * its recipients and attempts, its bytes, its attachments. Emails that wait can be moved and
 * withdrawn, those that came to a bad end tried again. A part of the intake: it races the worker
 * for an email's state, and says so when it loses.
 */
@NullMarked
package dev.postrider.flow.track;

import org.jspecify.annotations.NullMarked;
