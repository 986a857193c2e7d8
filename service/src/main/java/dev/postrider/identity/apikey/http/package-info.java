/** {@code /api-keys}. */
@NullMarked
package dev.postrider.identity.apikey.http;

import org.jspecify.annotations.NullMarked;
