/** Workspaces (tenants): what the operator and their admins do to them. */
@NullMarked
package dev.postrider.identity.workspace;

import org.jspecify.annotations.NullMarked;
