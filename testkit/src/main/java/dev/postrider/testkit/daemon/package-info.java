/** Servers in processes of their own, which end with the JVM however that ends. */
@NullMarked
package dev.postrider.testkit.daemon;

import org.jspecify.annotations.NullMarked;
