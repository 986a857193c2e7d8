/**
 * The console's pages of webhooks: which there are and how they do, what each was told and what it
 * answered, telling it again, its secret. Asks the API, which owners and admins may; what endpoints
 * answered is anybody's text and only ever shown as text.
 */
@NullMarked
package dev.postrider.door.console.webhooks;

import org.jspecify.annotations.NullMarked;
