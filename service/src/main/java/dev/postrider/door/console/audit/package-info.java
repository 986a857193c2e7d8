/**
 * The audit log for people: looked through by who, what, when and whence, in words, and taken away
 * as a file. The API says what is found, and who may look.
 */
@NullMarked
package dev.postrider.door.console.audit;

import org.jspecify.annotations.NullMarked;
