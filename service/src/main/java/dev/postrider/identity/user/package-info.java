/**
 * The users of a workspace, and what admins do to them: create, invite, change, remove. What users
 * own outlives them as its {@link dev.postrider.identity.user.OwnedMailboxes} decide.
 */
@NullMarked
package dev.postrider.identity.user;

import org.jspecify.annotations.NullMarked;
