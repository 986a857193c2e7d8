/**
 * The HTTP API's door to the intake: {@code /smtp/send-email}, {@code /emails}, {@code /emails/raw}
 * and {@code /emails/batch}. It reads JSON, asks the intake, and writes status codes and English;
 * it holds no rule and no SQL.
 */
@NullMarked
package dev.postrider.door.api.send;

import org.jspecify.annotations.NullMarked;
