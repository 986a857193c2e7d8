@NullMarked
package dev.postrider.mailbox.notify;

import org.jspecify.annotations.NullMarked;
