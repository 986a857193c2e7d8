/** The plain text of an HTML email, in time that grows with its length alone. */
@NullMarked
package dev.postrider.mime.html;

import org.jspecify.annotations.NullMarked;
