/** Characters, lines and quoted strings, as mail's grammar has them. */
@NullMarked
package dev.postrider.mime.text;

import org.jspecify.annotations.NullMarked;
