/** What the API's description (OpenAPI) says of all operations alike. */
@NullMarked
package dev.postrider.http.openapi;

import org.jspecify.annotations.NullMarked;
