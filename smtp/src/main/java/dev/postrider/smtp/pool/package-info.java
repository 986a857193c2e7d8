/** The connections of one mailbox, kept within its own limits and those of its host. */
@NullMarked
package dev.postrider.smtp.pool;

import org.jspecify.annotations.NullMarked;
