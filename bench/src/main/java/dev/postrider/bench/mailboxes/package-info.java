/**
 * Many mailboxes that each send an email now and then, with TLS and a login of their own: what a
 * connection costs, how many a second, what a mailbox holds in memory, and how long a new one
 * waits. Beside it nodemailer, with its pool and with a connection for each email, at the same
 * sink. A sink that can't be reached or an email that is lost ends the bench.
 */
@NullMarked
package dev.postrider.bench.mailboxes;

import org.jspecify.annotations.NullMarked;
