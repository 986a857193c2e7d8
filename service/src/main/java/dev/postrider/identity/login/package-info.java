/**
 * Logins: passwords, sessions, access and refresh tokens, tickets to choose a password, and the
 * throttle against brute force and credential stuffing.
 *
 * <p>A login is a session: access tokens name it, refresh tokens extend it, and ending it ends them
 * all at once, on every node. A refusal never tells whether a user exists, neither by its words nor
 * by its time.
 */
@NullMarked
package dev.postrider.identity.login;

import org.jspecify.annotations.NullMarked;
