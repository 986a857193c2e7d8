/**
 * What a stateful Google and a stateful Microsoft are made of, and how a test plays with them: a
 * {@link dev.postrider.testkit.provider.SettableClock}, a {@link
 * dev.postrider.testkit.provider.FaultScript} for each endpoint, the calls that came and the emails
 * that were accepted, whatever the client heard of them. The rooms {@code google} and {@code
 * microsoft} are the two, {@code http} is their server, {@code mail} what they keep.
 */
@NullMarked
package dev.postrider.testkit.provider;

import org.jspecify.annotations.NullMarked;
