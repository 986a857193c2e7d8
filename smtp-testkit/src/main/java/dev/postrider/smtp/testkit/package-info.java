/** A scripted SMTP server. */
@NullMarked
package dev.postrider.smtp.testkit;

import org.jspecify.annotations.NullMarked;
