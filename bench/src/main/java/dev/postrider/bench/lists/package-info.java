/**
 * How long it takes to list, search and look at emails where there are ten million: each kind of
 * question by HTTP, with its times, the sequential scans that it made and the program's memory. The
 * emails are copies, made by SQL, of one that the program has kept; what can't be read is an error.
 */
@NullMarked
package dev.postrider.bench.lists;

import org.jspecify.annotations.NullMarked;
