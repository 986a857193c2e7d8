/**
 * The intake's first step: in comes an HTTP request with a bearer token, out goes a kept email, or
 * a {@link dev.postrider.http.Problem} with a stable code. A 2xx is answered after the commit.
 */
@NullMarked
package dev.postrider.flow.accept;

import org.jspecify.annotations.NullMarked;
