/**
 * A Google and a Microsoft that can't be relied upon, their accounts, and a browser that connects
 * them. In come calls of the program under trouble, out goes what was accepted, which tokens were
 * renewed, and what mischief was done. It knows the program by its API and its pages alone.
 */
@NullMarked
package dev.postrider.lab.provider;

import org.jspecify.annotations.NullMarked;
