/** The program's log: one line an event, under the categories smtp, http and flow. */
@NullMarked
package dev.postrider.log;

import org.jspecify.annotations.NullMarked;
