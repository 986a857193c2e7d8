/**
 * The HTTP side of mailboxes: {@code /mailboxes}, {@code /autoconfiguration}. In come JSON and a
 * caller, out go JSON and status codes; what may be done to a mailbox is decided in {@link
 * dev.postrider.mailbox}.
 */
@NullMarked
package dev.postrider.mailbox.http;

import org.jspecify.annotations.NullMarked;
