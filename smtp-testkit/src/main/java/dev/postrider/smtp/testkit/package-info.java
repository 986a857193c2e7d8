/**
 * Servers and networks for tests and benches, on loopback, with the JDK alone: {@link
 * dev.postrider.smtp.testkit.ScriptedServer} plays a written conversation and complains when the
 * client leaves it, {@link dev.postrider.smtp.testkit.FaultServer} goes wrong in one way at one
 * stage, {@link dev.postrider.smtp.testkit.Sink} takes mail as fast as it comes and keeps it,
 * {@link dev.postrider.smtp.testkit.DelayedLink} puts a distance between client and server, and
 * {@link dev.postrider.smtp.testkit.PrivateAuthority} signs certificates.
 */
@NullMarked
package dev.postrider.smtp.testkit;

import org.jspecify.annotations.NullMarked;
