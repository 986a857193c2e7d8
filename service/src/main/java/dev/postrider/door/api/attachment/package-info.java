/**
 * The attachments of emails that were sent: in comes an id, out go what each is called and weighs,
 * and its octets, from the message as it was kept. A link to one carries a ticket, so that a
 * browser can follow it for a while without a token. What can go wrong is answered like the email
 * itself: it isn't there, or its content has been purged.
 */
@NullMarked
package dev.postrider.door.api.attachment;

import org.jspecify.annotations.NullMarked;
