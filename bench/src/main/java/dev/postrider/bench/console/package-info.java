/**
 * What the console's pages, lists and searches take where there are ten million emails, as a
 * browser and an API client get them. In comes a program of the bench's own that is filled by SQL;
 * out goes the page {@code docs/bench/console.md}. A page that isn't answered by 200 ends the
 * bench.
 */
@NullMarked
package dev.postrider.bench.console;

import org.jspecify.annotations.NullMarked;
