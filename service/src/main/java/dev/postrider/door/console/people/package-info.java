/**
 * The pages of a workspace: its people, inviting and letting them out, its application's own users,
 * and its settings. In come requests of an owner or admin who is signed in, out go pages; all that
 * is shown and done is the API's, which refuses members. A link to choose a password is shown once.
 */
@NullMarked
package dev.postrider.door.console.people;

import org.jspecify.annotations.NullMarked;
