/**
 * Octets that came from outside and wait: small ones in memory, large ones in files without names.
 * Memory and disk are budgets that callers share.
 */
@NullMarked
package dev.postrider.spool;

import org.jspecify.annotations.NullMarked;
