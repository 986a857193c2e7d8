/**
 * How many emails an hour accepted and what became of them, and how many wait now. In comes a span
 * of hours and who asks, out come numbers that are exact, or the hours that there was time for.
 * What has been counted of an hour that is over is kept, so that the next who asks reads a row.
 */
@NullMarked
package dev.postrider.flow.store.count;

import org.jspecify.annotations.NullMarked;
