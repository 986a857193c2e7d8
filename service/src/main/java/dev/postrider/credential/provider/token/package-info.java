/**
 * The token endpoints (RFC 6749, 3.2). In come an app and what it asks with: a code, a refresh
 * token, or its own word for a mailbox; out goes what the answer means, by the data of {@code
 * oauth/*-errors.txt}. Whatever comes that isn't understood counts as passing: no mailbox is held
 * for a page of HTML.
 */
@NullMarked
package dev.postrider.credential.provider.token;

import org.jspecify.annotations.NullMarked;
