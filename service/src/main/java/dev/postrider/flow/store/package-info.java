/**
 * The one home of SQL on email rows: email, recipient, attempt, content, tags, and what may be
 * repeated. In come values of {@code email} and of this package, out go what the rows say and
 * whether a change found them in the state that it needs: a lost race is an answer, not an
 * exception. Knows none of the steps of the flow; each of them calls its verbs.
 */
@NullMarked
package dev.postrider.flow.store;

import org.jspecify.annotations.NullMarked;
