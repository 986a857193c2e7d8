/**
 * Graph's mail: a request with an access token comes in, its resource, scope, mailbox and the
 * throttles are checked, and a message is accepted before it is sent: it stands in Drafts, then in
 * Sent Items under another id, and a report about a bad recipient comes to the Inbox later.
 */
@NullMarked
package dev.postrider.testkit.provider.microsoft.graph;

import org.jspecify.annotations.NullMarked;
