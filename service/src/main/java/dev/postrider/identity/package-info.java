/**
 * Who is calling. Every operation needs a token unless it says {@link
 * dev.postrider.identity.WithoutToken}; what a token turns into is a {@link
 * dev.postrider.identity.Caller}, who knows nothing of HTTP.
 *
 * <p>The rooms: {@code login} (passwords, sessions, tokens), {@code user}, {@code workspace},
 * {@code apikey}, {@code issuer} (tokens of OpenID providers), each with its endpoints in an {@code
 * http} room of its own, and {@code http}, the gate that all requests pass.
 */
@NullMarked
package dev.postrider.identity;

import org.jspecify.annotations.NullMarked;
