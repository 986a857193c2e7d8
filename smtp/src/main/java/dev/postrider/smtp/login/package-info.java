/** AUTH (RFC 4954): the credentials and the SASL mechanisms that use them. */
@NullMarked
package dev.postrider.smtp.login;

import org.jspecify.annotations.NullMarked;
