/**
 * API keys: made, listed, deleted, and checked with each request that comes with one.
 *
 * <p>In comes the text of a key; out goes a {@link dev.postrider.identity.Caller} with the key, or
 * nobody. Only hashes are stored. A rate limit counts what each key asks for.
 */
@NullMarked
package dev.postrider.identity.apikey;

import org.jspecify.annotations.NullMarked;
