/**
 * Who did what, from where: an append-only log for a workspace's admins.
 *
 * <p>In come the operations that say {@link dev.postrider.audit.Audited}, once they have succeeded,
 * and sign-ins; out go entries, newest first. The database refuses to change or delete one. Sending
 * email is not in it: each email keeps who sent it by itself.
 */
@NullMarked
package dev.postrider.audit;

import org.jspecify.annotations.NullMarked;
