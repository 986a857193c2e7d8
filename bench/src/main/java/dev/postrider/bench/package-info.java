/**
 * What it costs, beside its peers: each bench is one argument of {@link dev.postrider.bench.Bench}
 * and prints a table in Markdown, which it also writes to a file.
 */
@NullMarked
package dev.postrider.bench;

import org.jspecify.annotations.NullMarked;
