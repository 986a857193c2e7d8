/**
 * What runs by itself, beside the requests.
 *
 * <p>A {@link dev.postrider.machine.Machine} is started once the program is ready for it and
 * stopped in the reverse order.
 */
@NullMarked
package dev.postrider.machine;

import org.jspecify.annotations.NullMarked;
