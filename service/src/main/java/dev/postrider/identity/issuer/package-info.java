/**
 * OpenID providers that a company has already: whom a token of theirs names.
 *
 * <p>In comes a bearer token that isn't one of ours; out goes a {@link
 * dev.postrider.identity.issuer.Subject}, or why not. JWTs are checked here against the issuer's
 * keys, which are fetched when they are needed and again when an unknown one is used; opaque tokens
 * are asked for (RFC 7662) and the answer is kept for seconds. The issuers are the operator's
 * choice, so what they name may have a private address, but is called by HTTPS.
 *
 * <p>And people who sign in there: {@link dev.postrider.identity.issuer.BeginSignIn} sends a
 * browser to the provider, {@link dev.postrider.identity.issuer.FinishSignIn} says who has come
 * back.
 */
@NullMarked
package dev.postrider.identity.issuer;

import org.jspecify.annotations.NullMarked;
