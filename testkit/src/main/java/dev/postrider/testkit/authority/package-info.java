/** A certificate authority that nobody trusts, and what its servers need. */
@NullMarked
package dev.postrider.testkit.authority;

import org.jspecify.annotations.NullMarked;
