/** {@code /token} (RFC 6749, RFC 7009) and {@code /password}. */
@NullMarked
package dev.postrider.identity.login.http;

import org.jspecify.annotations.NullMarked;
