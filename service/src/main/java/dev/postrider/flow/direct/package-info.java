/**
 * The short way of an email that somebody waits for: where this node serves its lane and has a
 * connection to spare, the email is committed as begun already and handed over in memory, without a
 * look for it in the database. What is promised stays: the mark is committed before the first octet
 * leaves, under the lease's epoch, and a crash makes exactly that email unknown.
 */
@NullMarked
package dev.postrider.flow.direct;

import org.jspecify.annotations.NullMarked;
