/** What a server says (RFC 5321 section 4.2), and where in the conversation. */
@NullMarked
package dev.postrider.smtp.reply;

import org.jspecify.annotations.NullMarked;
