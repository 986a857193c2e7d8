/**
 * Emails that are handed over to a provider as drafts: how far an attempt got, so that a crash
 * sends none twice, and what may be left of them in a mailbox when nobody sends them any more. In
 * come an email and the name of an attempt or a sweep, out comes whether it is still the last one.
 * A row that another has taken is not changed.
 */
@NullMarked
package dev.postrider.flow.store.draft;

import org.jspecify.annotations.NullMarked;
