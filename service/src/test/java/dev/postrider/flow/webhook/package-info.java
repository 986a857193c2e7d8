@NullMarked
package dev.postrider.flow.webhook;

import org.jspecify.annotations.NullMarked;
