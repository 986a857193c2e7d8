@NullMarked
package dev.postrider.mailbox;

import org.jspecify.annotations.NullMarked;
