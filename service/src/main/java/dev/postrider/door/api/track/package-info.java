/**
 * What became of emails, for those who sent them: in comes an id, a filter or a span of time, out
 * goes an email with its recipients and attempts, its bytes, a page of emails, their number by the
 * hour. Translates HTTP into the store's verbs and holds no SQL. An email that somebody else may
 * see is answered as one that isn't there.
 */
@NullMarked
package dev.postrider.door.api.track;

import org.jspecify.annotations.NullMarked;
