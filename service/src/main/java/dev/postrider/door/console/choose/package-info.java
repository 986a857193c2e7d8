/**
 * Lets people choose one of many, a mailbox or a person, by what they call it: a field to type in,
 * with suggestions that follow what is typed. In comes what somebody typed, or an id, out goes the
 * one that is meant, as the API takes it. Without script the first hundred are suggested, and any
 * other can be typed.
 */
@NullMarked
package dev.postrider.door.console.choose;

import org.jspecify.annotations.NullMarked;
