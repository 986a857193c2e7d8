/**
 * The audit log over HTTP: the filter that writes each {@link dev.postrider.audit.Audited}
 * operation down, and the operations that read the log and export it as CSV.
 */
@NullMarked
package dev.postrider.audit.http;

import org.jspecify.annotations.NullMarked;
