/**
 * The nouns that all steps of the flow share: what an email is, which states it has, what can
 * become of an attempt to send it. No I/O, nothing that can fail.
 */
@NullMarked
package dev.postrider.email;

import org.jspecify.annotations.NullMarked;
