/**
 * What the benches of the packaged program stand on: the program with its database, what it costs,
 * processes beside it, and a connection to it.
 */
@NullMarked
package dev.postrider.bench.rig;

import org.jspecify.annotations.NullMarked;
