/**
 * What users have granted: a row for each mailbox that is connected by consent, its tokens sealed.
 * In come new grants and the transports' wish for an access token, out goes one that is good now,
 * refreshed by one node at a time. A refresh is no change of the mailbox.
 */
@NullMarked
package dev.postrider.credential.grant;

import org.jspecify.annotations.NullMarked;
