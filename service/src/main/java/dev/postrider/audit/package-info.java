/**
 * Who did what, from where: an append-only log for a workspace's admins.
 *
 * <p>In come the operations that say {@link dev.postrider.audit.Audited}, before they begin: what
 * the log can't take isn't done, and what is done when a node is killed has its entry. Their
 * outcomes, and sign-ins, come after. Out go entries, newest first. The database refuses to change
 * or delete one. Sending email is not in it: each email keeps who sent it by itself.
 */
@NullMarked
package dev.postrider.audit;

import org.jspecify.annotations.NullMarked;
