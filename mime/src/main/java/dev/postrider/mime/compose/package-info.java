/** Checks a draft and turns it into a message: header, parts, attachments. */
@NullMarked
package dev.postrider.mime.compose;

import org.jspecify.annotations.NullMarked;
