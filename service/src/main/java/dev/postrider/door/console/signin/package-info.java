/**
 * Where one signs in to the console, and out: by password, or at an OpenID provider of the
 * operator's. A wrong password is answered and slowed down as at {@code POST /token}.
 */
@NullMarked
package dev.postrider.door.console.signin;

import org.jspecify.annotations.NullMarked;
