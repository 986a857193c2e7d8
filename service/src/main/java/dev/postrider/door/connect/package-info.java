/**
 * The pages at which users connect their mailboxes: {@code /connect/…}, in their own language,
 * without a script. In come browsers, their cookie and their forms; out go pages and redirects.
 * What may be done with a link is decided in {@link dev.postrider.mailbox.connect}; here is only
 * what it looks like, and each wrong turn has its page.
 */
@NullMarked
package dev.postrider.door.connect;

import org.jspecify.annotations.NullMarked;
