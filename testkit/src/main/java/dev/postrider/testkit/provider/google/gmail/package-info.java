/**
 * Gmail's API: a request with an access token comes in, its scope, its user and the quotas are
 * checked, and a message is kept as Gmail keeps it: with a Message-ID of Gmail's own, in a thread,
 * in Sent, and as a copy without Bcc with those recipients who have an account here.
 */
@NullMarked
package dev.postrider.testkit.provider.google.gmail;

import org.jspecify.annotations.NullMarked;
