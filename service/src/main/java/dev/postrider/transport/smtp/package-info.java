/**
 * Sending through a submission server: its settings and how they are found, connections to it, what
 * its replies mean, and what to tell a mailbox's user when it can't be reached or refuses a login.
 */
@NullMarked
package dev.postrider.transport.smtp;

import org.jspecify.annotations.NullMarked;
