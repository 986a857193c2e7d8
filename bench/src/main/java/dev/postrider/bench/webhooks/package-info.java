/**
 * What telling costs: deliveries a second to one, a hundred and a thousand endpoints, and whether
 * those that are well are told as soon beside others that are slow or dead. Events are put in by
 * SQL, the program makes the calls, a process of its own takes them. A delivery that never comes
 * ends the bench.
 */
@NullMarked
package dev.postrider.bench.webhooks;

import org.jspecify.annotations.NullMarked;
