/** The HTTP side of SMTP settings: {@code /autoconfiguration}. */
@NullMarked
package dev.postrider.transport.smtp.http;

import org.jspecify.annotations.NullMarked;
