/**
 * The pages of mailboxes: which there are, how each is doing and what to do, connecting one, and
 * what a sandbox keeps. In come requests of somebody who is signed in, out go pages; all that is
 * shown and done is the API's. A refusal of it becomes words beside the field or above the form.
 */
@NullMarked
package dev.postrider.door.console.mailboxes;

import org.jspecify.annotations.NullMarked;
