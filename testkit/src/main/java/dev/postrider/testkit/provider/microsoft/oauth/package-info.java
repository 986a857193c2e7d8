/**
 * Entra ID: a client's URL comes in, a page with accounts is shown unless the tenant's policy wants
 * an admin, and the redirect goes out with a code, which the token endpoint takes once. A token is
 * good for one resource; a refresh gives another refresh token.
 */
@NullMarked
package dev.postrider.testkit.provider.microsoft.oauth;

import org.jspecify.annotations.NullMarked;
