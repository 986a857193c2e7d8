/** What a server's replies mean for an email, its recipients and its mailbox. */
@NullMarked
package dev.postrider.transport.smtp.reply;

import org.jspecify.annotations.NullMarked;
