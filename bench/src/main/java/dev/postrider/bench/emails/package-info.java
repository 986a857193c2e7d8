/**
 * What taking an email costs: {@code POST /emails} until the answer, by clients and by size, with
 * what the program allocates, holds and asks of its database. Nothing is sent: the emails are
 * scheduled for a later day.
 */
@NullMarked
package dev.postrider.bench.emails;

import org.jspecify.annotations.NullMarked;
