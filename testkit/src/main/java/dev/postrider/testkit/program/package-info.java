/**
 * The packaged program from outside: a process with its settings, its API, the PostgreSQL inside it
 * or one of its own beside it. Labs and benches use it; nothing in here knows the program's code.
 */
@NullMarked
package dev.postrider.testkit.program;

import org.jspecify.annotations.NullMarked;
