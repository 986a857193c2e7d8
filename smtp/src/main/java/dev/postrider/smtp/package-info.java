/** Speaks SMTP to one server. */
@NullMarked
package dev.postrider.smtp;

import org.jspecify.annotations.NullMarked;
