/** How long a start takes and what an idle program holds, beside the embedded database alone. */
@NullMarked
package dev.postrider.bench.start;

import org.jspecify.annotations.NullMarked;
