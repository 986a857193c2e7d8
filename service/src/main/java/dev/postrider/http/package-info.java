/**
 * What every HTTP operation shares: the one error object, the checked reading of bodies, ids and
 * pages, the request log.
 *
 * <p>In comes whatever a client sends; out goes either checked fields or a {@link
 * dev.postrider.http.Problem}. Nothing a client sends may end as a stack trace or as an answer that
 * isn't JSON.
 */
@NullMarked
package dev.postrider.http;

import org.jspecify.annotations.NullMarked;
