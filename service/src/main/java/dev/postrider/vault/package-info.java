/**
 * Seals secrets: authenticated encryption, each secret bound to the thing it belongs to, so that
 * one copied to another row doesn't open.
 *
 * <p>Two layers (envelope encryption): data keys, which the database keeps sealed, seal the
 * secrets; the master key, a file that it never sees, seals the data keys. Both are replaced while
 * programs run: nodes find new keys by themselves and seal anew in the background. A secret that no
 * key opens is a value, not an error: its owner is told.
 */
@NullMarked
package dev.postrider.vault;

import org.jspecify.annotations.NullMarked;
