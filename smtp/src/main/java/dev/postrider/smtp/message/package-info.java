/** What is sent: an envelope with its recipients, and content with clean line ends. */
@NullMarked
package dev.postrider.smtp.message;

import org.jspecify.annotations.NullMarked;
