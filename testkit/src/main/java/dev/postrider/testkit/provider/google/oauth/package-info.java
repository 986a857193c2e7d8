/**
 * Google's authorization: a client's URL comes in, a page with accounts and boxes is shown, and the
 * redirect goes out with a code, which the token endpoint takes once. What is wrong with the client
 * is shown on a page of Google's own, so that no callback comes.
 */
@NullMarked
package dev.postrider.testkit.provider.google.oauth;

import org.jspecify.annotations.NullMarked;
