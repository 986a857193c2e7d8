/**
 * A message on its way into an API's request: its stored content is read while it leaves, behind
 * the fields that only an API gets ({@code Bcc}, {@code X-Postrider-Id}).
 */
@NullMarked
package dev.postrider.transport.api.message;

import org.jspecify.annotations.NullMarked;
