/**
 * Servers and networks for tests and benches, on loopback, with the JDK alone: {@link
 * dev.postrider.testkit.ScriptedServer} plays a written conversation and complains when the
 * client leaves it, {@link dev.postrider.testkit.FaultServer} goes wrong in one way at one
 * stage, {@link dev.postrider.testkit.Sink} takes mail as fast as it comes and keeps it,
 * {@link dev.postrider.testkit.DelayedLink} puts a distance between client and server, and
 * {@link dev.postrider.testkit.PrivateAuthority} signs certificates.
 */
@NullMarked
package dev.postrider.testkit;

import org.jspecify.annotations.NullMarked;
