/**
 * Kills the program between every two steps of an email's way and looks what became of that email.
 * In come the ways and their steps, out comes a table of what each email must have become and did.
 * A step that isn't reached ends the lab.
 */
@NullMarked
package dev.postrider.lab.steps;

import org.jspecify.annotations.NullMarked;
