/**
 * Brings messages to a server over an open connection: by DATA, pipelined or not, or by BDAT; each
 * gets a result that says whether sending it again would make a copy.
 */
@NullMarked
package dev.postrider.smtp.send;

import org.jspecify.annotations.NullMarked;
