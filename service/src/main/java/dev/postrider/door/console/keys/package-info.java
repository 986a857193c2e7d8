/**
 * The pages of API keys: which there are, making one, changing and revoking it. In come requests of
 * somebody who is signed in, out go pages; all that is shown and done is the API's. A new key is
 * shown by the answer to its form, this once.
 */
@NullMarked
package dev.postrider.door.console.keys;

import org.jspecify.annotations.NullMarked;
