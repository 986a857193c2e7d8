/** What every kind of transport needs of the flow while it sends: contents that are kept apart. */
@NullMarked
package dev.postrider.flow.send;

import org.jspecify.annotations.NullMarked;
