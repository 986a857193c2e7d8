/**
 * The audit log over HTTP: the filter that writes each {@link dev.postrider.audit.Audited}
 * operation down, and the operation that reads the log.
 */
@NullMarked
package dev.postrider.audit.http;

import org.jspecify.annotations.NullMarked;
