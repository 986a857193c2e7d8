/**
 * Traces and logs by OpenTelemetry (docs/tracing.md, docs/decisions/0114), off unless an endpoint
 * is given. In come the steps of an email, when they have ended, and the lines of the log; out they
 * go over OTLP, behind a bounded queue: what a collector doesn't take in time is dropped and
 * counted, and no step ever waits for it. An email's trace has the email's id, and the ids of its
 * spans are computed, so that every node and every start adds to one trace and nothing is stored.
 *
 * <p>Nothing personal: ids, states, codes, durations and hosts. The only home of OpenTelemetry.
 */
@NullMarked
package dev.postrider.trace;

import org.jspecify.annotations.NullMarked;
