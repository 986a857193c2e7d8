/**
 * Seals secrets: authenticated encryption under the master key, each secret bound to the thing it
 * belongs to. A sealed secret that is copied to another row doesn't open.
 */
@NullMarked
package dev.postrider.vault;

import org.jspecify.annotations.NullMarked;
