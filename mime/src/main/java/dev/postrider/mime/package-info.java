/** Turns an email into bytes. */
@NullMarked
package dev.postrider.mime;

import org.jspecify.annotations.NullMarked;
