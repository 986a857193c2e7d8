package dev.postrider.architecture.twin.mailbox;

import io.opentelemetry.api.trace.Span;

/** A mailbox that tells a collector what it likes. */
record TracesByItself(Span span) {}
