/**
 * What the console's pages take where there are ten million emails: each page and each kind of
 * search, as a browser gets them. In comes a program of the bench's own that is filled by SQL; out
 * goes the page {@code docs/bench/console.md}. A page that isn't answered by 200 ends the bench.
 */
@NullMarked
package dev.postrider.bench.console;

import org.jspecify.annotations.NullMarked;
