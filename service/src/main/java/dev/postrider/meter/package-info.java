/** The program's figures, which {@code /metrics} on the management port shows. */
@NullMarked
package dev.postrider.meter;

import org.jspecify.annotations.NullMarked;
