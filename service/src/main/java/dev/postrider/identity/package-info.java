/**
 * Who is calling: workspaces, users, sessions and their tokens.
 *
 * <p>In comes a password, a refresh token or a bearer token; out goes a {@link
 * dev.postrider.identity.Caller} or a refusal with its reason. Every operation needs a token unless
 * it says {@link dev.postrider.identity.WithoutToken}. A refusal never tells whether a user exists,
 * neither by its words nor by its time.
 *
 * <p>A login is a session: access tokens name it, refresh tokens extend it, and ending it ends them
 * all at once, on every node.
 */
@NullMarked
package dev.postrider.identity;

import org.jspecify.annotations.NullMarked;
