/**
 * What became of emails, for those who sent them: in comes an id or a page, out goes an email with
 * its recipients and attempts, its bytes, its attachments. Emails that wait can be moved and
 * canceled, those that came to a bad end tried again; whoever loses the race for an email's state
 * is told so. Translates HTTP into the store's verbs and holds no SQL.
 */
@NullMarked
package dev.postrider.door.api.track;

import org.jspecify.annotations.NullMarked;
