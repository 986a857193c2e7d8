/**
 * Pages of lists: which part of a list is wanted, and the one way to read it. Whoever has a list
 * gives its statement, its filter and what maps a row; doors read the page's parameters.
 */
@NullMarked
package dev.postrider.page;

import org.jspecify.annotations.NullMarked;
