/**
 * From a host's name to a connection that is ready to send: addresses, greeting, EHLO, TLS, login.
 */
@NullMarked
package dev.postrider.smtp.connect;

import org.jspecify.annotations.NullMarked;
