/**
 * Writes down what became of attempts: in comes an {@link dev.postrider.email.Attempt}, out goes
 * the email's next state, its recipients', the attempt's row and, for the whole mailbox, a rest or
 * a hold. A lease that has ended settles nothing.
 */
@NullMarked
package dev.postrider.flow.settle;

import org.jspecify.annotations.NullMarked;
