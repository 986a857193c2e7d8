/**
 * The console's emails: found by what people remember of them, told as a story from their
 * acceptance to what their webhooks said, shown as their reader sees them, and helped on, one or
 * many at once. All of it is read from the API and done by it; what comes from outside is text
 * here, and the HTML of a message is shown in a frame that may do nothing.
 */
@NullMarked
package dev.postrider.door.console.emails;

import org.jspecify.annotations.NullMarked;
