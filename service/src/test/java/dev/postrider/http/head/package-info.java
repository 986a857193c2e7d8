@NullMarked
package dev.postrider.http.head;

import org.jspecify.annotations.NullMarked;
