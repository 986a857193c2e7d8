/**
 * What the launcher has the program do once after a build, so that the JVM can record what sending
 * takes: emails through every route to a mail server of its own on loopback, with TLS and a login,
 * and calls of a webhook. It takes some seconds, on a data folder that is thrown away. What goes
 * wrong ends it with a message, and later starts are slower, no more.
 */
@NullMarked
package dev.postrider.boot.rehearsal;

import org.jspecify.annotations.NullMarked;
