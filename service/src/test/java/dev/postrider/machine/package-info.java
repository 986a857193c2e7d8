@NullMarked
package dev.postrider.machine;

import org.jspecify.annotations.NullMarked;
