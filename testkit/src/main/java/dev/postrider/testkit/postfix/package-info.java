/**
 * A real mail server for tests: Postfix, with Dovecot for its logins, on loopback ports and in a
 * folder of its own.
 *
 * <p>In: who may log in, and how the server should differ from an ordinary one. Out: three ports to
 * send to, and every message that was delivered, as bytes. It needs root and Debian's packages
 * {@code postfix} and {@code dovecot-core}, and says so when they are missing. It never touches the
 * machine's own Postfix.
 */
@NullMarked
package dev.postrider.testkit.postfix;

import org.jspecify.annotations.NullMarked;
