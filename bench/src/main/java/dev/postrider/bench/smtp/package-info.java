/**
 * The SMTP client beside Angus Mail, Vert.x Mail Client, NioSmtpClient and Postfix's smtp-source:
 * the same messages to the same sink in one run, in rounds that take turns, so that whatever else
 * the machine does hits all of them.
 */
@NullMarked
package dev.postrider.bench.smtp;

import org.jspecify.annotations.NullMarked;
