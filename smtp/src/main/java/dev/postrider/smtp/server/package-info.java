/**
 * What is known of a server: how to speak to it, whom to believe, what it announces and gets wrong.
 */
@NullMarked
package dev.postrider.smtp.server;

import org.jspecify.annotations.NullMarked;
