/**
 * The packaged program from outside: a process with its settings, its API, its database. Labs and
 * benches use it; nothing in here knows the program's code.
 */
@NullMarked
package dev.postrider.lab.program;

import org.jspecify.annotations.NullMarked;
