/** {@code /users} and {@code /me}. */
@NullMarked
package dev.postrider.identity.user.http;

import org.jspecify.annotations.NullMarked;
