/** {@code /webhooks}. */
@NullMarked
package dev.postrider.flow.webhook.http;

import org.jspecify.annotations.NullMarked;
